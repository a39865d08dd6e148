"""What the journal's entries on measures are called where more than one module has to know them."""

ADDED = "measure.added"
REPORTED = "measure.reported"
REPORT = "Stand gemeldet"
POSTPONED = "Ende verschoben"
