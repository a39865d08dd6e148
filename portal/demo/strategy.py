"""The strategy in force, its goals (those of the motion) and the fields of action."""

from council.models import CommitteeKind

ADOPTED_BY = CommitteeKind.COUNCIL
TITLE = "Digitalstrategie"
VISION = """Digital ist kein Ziel für sich. Was wir digital machen, soll Menschen Zeit sparen, Betrieben helfen und \
die Stadt lebenswert halten.

- Jede Leistung der Stadt ist ohne Weg ins Rathaus erreichbar, und der Weg ins Rathaus bleibt offen.
- Wir sagen, was wir vorhaben, bis wann, und was daraus geworden ist.
- Wir sammeln nur die Daten, die wir brauchen, und geben frei, was allen nützt.
- Wir bauen mit anderen Städten zusammen, was wir allein nicht gut könnten.
"""

GOALS = (
    (
        "Lebens- und Standortqualität",
        "Menschen leben gern hier, Betriebe bleiben und wachsen hier. Digitale Angebote machen Wege kürzer, Plätze "
        "lebendiger und Schulen besser.",
    ),
    (
        "Bürgerservice",
        "Wer etwas von der Stadt braucht, bekommt es schnell, verständlich und auf dem Weg, der passt: online, am "
        "Telefon oder am Schalter.",
    ),
    (
        "Wirtschaftlichkeit",
        "Die Verwaltung arbeitet ohne Umwege. Was digital geht, wird nicht abgeschrieben; was gespart wird, steht für "
        "Aufgaben bereit, die Menschen brauchen.",
    ),
)

FIELDS = (
    (
        "BS",
        "Bürgerservice",
        "Anliegen einmal vorbringen, online oder vor Ort, und wissen, wie es weitergeht.",
        "Wir bauen Anträge so um, dass sie auf dem Telefon gelingen und im Rathaus ohne Abschreiben weiterlaufen. "
        "Termine, Anmeldungen und Bescheide werden einfacher.",
    ),
    (
        "VW",
        "Verwaltung und Zusammenarbeit",
        "Akten, Rechnungen und Abläufe ohne Papier und ohne Umwege.",
        "Was im Rathaus gut zusammenarbeitet, spürt man davor. Wir vereinheitlichen Akten und Abläufe und nehmen die "
        "Beschäftigten dabei mit.",
    ),
    (
        "IN",
        "Netze und Sicherheit",
        "Schnelle Netze, verlässliche Technik und ein Plan für den Ausfall.",
        "Ohne Netz keine Schule am Bildschirm und kein Antrag vom Sofa. Wir bauen Anschlüsse aus und sorgen dafür, "
        "dass die Stadt auch bei Störungen arbeitet.",
    ),
    (
        "BI",
        "Bildung und Teilhabe",
        "Gut ausgestattete Schulen und Hilfe für alle, die mit Technik fremdeln.",
        "Kinder lernen mit und über Technik, Vereine und Bücherei öffnen sich, und ältere Menschen finden jemanden, "
        "der ihnen hilft.",
    ),
    (
        "WI",
        "Wirtschaft und Innenstadt",
        "Kurze Wege für Betriebe, gute Flächen, eine lebendige Innenstadt.",
        "Betriebe bekommen einen Ansprechpartner und finden, was sie brauchen. In der Innenstadt verbinden wir Handel, "
        "Kultur und Arbeit.",
    ),
    (
        "SU",
        "Stadt, Umwelt und Mobilität",
        "Daten, die vor Regen warnen, Verkehr entlasten und Mängel schneller beheben.",
        "Sensoren und Karten helfen dort, wo sie nachweisbar nützen: bei Starkregen, Licht, Parken und beim Planen.",
    ),
)
"""Code, title, teaser, description."""
