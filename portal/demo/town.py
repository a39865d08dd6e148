"""The town, its units and the words of its pages."""

from accounts.models.unit import UnitKind
from portal.models import PageKey

TOWN = {
    "name": "Stadt Winsen (Luhe)",
    "portal_name": "Winsen Digital",
    "office": "Stabsstelle Digitalisierung",
    "street": "Beispielstraße 1",
    "postal_code": "00000",
    "city": "Winsen (Luhe)",
    "email": "digital@winsen.example",
    "phone": "00000 0000-0",
    "is_example": True,
}

UNITS = (
    ("Verwaltungsleitung", "VL", UnitKind.OFFICE, "", "rathaus"),
    ("Stabsstelle Digitalisierung", "Digitalisierung", UnitKind.OFFICE, "Verwaltungsleitung", "digital"),
    ("Ratsbüro", "", UnitKind.OFFICE, "Verwaltungsleitung", "ratsbuero-postfach"),
    ("Stabsstelle Wirtschaftsförderung", "Wirtschaftsförderung", UnitKind.OFFICE, "Verwaltungsleitung", "betriebe"),
    ("Fachbereich Zentrale Dienste", "Zentrale Dienste", UnitKind.DEPARTMENT, "Verwaltungsleitung", "dienste"),
    ("Abteilung Informationstechnik", "IT", UnitKind.DIVISION, "Fachbereich Zentrale Dienste", "it-abteilung"),
    ("Fachbereich Finanzen", "Finanzen", UnitKind.DEPARTMENT, "Verwaltungsleitung", "finanzen"),
    ("Fachbereich Bürgerservice und Ordnung", "Bürgerservice", UnitKind.DEPARTMENT, "Verwaltungsleitung", "service"),
    (
        "Fachbereich Bildung, Jugend und Soziales",
        "Bildung und Soziales",
        UnitKind.DEPARTMENT,
        "Verwaltungsleitung",
        "bildung",
    ),
    (
        "Abteilung Schulen und Kindertagesstätten",
        "Schulen und Kitas",
        UnitKind.DIVISION,
        "Fachbereich Bildung, Jugend und Soziales",
        "schulen",
    ),
    ("Stadtbücherei", "", UnitKind.DIVISION, "Fachbereich Bildung, Jugend und Soziales", "lesen"),
    (
        "Fachbereich Stadtentwicklung und Bauen",
        "Stadtentwicklung",
        UnitKind.DEPARTMENT,
        "Verwaltungsleitung",
        "stadtentwicklung",
    ),
    ("Städtischer Betriebshof", "Betriebshof", UnitKind.ENTERPRISE, "", "hof"),
    ("Regionaler IT-Verbund", "IT-Verbund", UnitKind.EXTERNAL, "", ""),
)
"""Name, short name, kind, the unit above, mailbox."""

EXAMPLE = "**Beispieltext.** Diese Seite gehört zu den Beispieldaten und ist keine Auskunft der Stadt.\n\n"

PAGES = {
    PageKey.START: (
        "Was die Stadt digital vorhat",
        "**Beispieltext.** Hier steht, was sich die Stadt vorgenommen hat, wie weit sie ist und was sich ändert. "
        "Zweimal im Jahr berichtet die Verwaltung dem Ausschuss; der Bericht erscheint auch hier.",
    ),
    PageKey.OFFICER: (
        "Digital Officer",
        EXAMPLE
        + "## Aufgabe\n\nDer Digital Officer verantwortet die Digitalstrategie, steuert die Umsetzung zusammen mit "
        "der Informationstechnik, berät Betriebe und bündelt alle Maßnahmen im Masterplan.\n\n"
        "## Sprechstunde\n\nJeden ersten Donnerstag im Monat von 16 bis 18 Uhr im Rathaus, ohne Anmeldung; "
        "andere Zeiten nach Absprache.\n\n"
        "## Kontakt\n\nStabsstelle Digitalisierung, [digital@winsen.example](mailto:digital@winsen.example)\n",
    ),
    PageKey.IMPRINT: (
        "Impressum",
        EXAMPLE + "## Anbieterin (§ 5 DDG)\n\nStadt Winsen (Luhe), Beispielstraße 1, 00000 Winsen (Luhe)\n\n"
        "Die Stadt ist eine Körperschaft des öffentlichen Rechts. Sie wird gesetzlich vertreten durch die "
        "Bürgermeisterin oder den Bürgermeister.\n\n"
        "E-Mail: [digital@winsen.example](mailto:digital@winsen.example), Telefon: 00000 0000-0\n\n"
        "## Aufsicht\n\nZuständig ist die Kommunalaufsicht des Landkreises.\n\n"
        "## Verantwortlich für den Inhalt (§ 18 Abs. 2 MStV)\n\nStabsstelle Digitalisierung, Anschrift wie oben.\n",
    ),
    PageKey.PRIVACY: (
        "Datenschutz",
        EXAMPLE + "## Wer verantwortlich ist\n\nStadt Winsen (Luhe), Anschrift im [Impressum](/impressum/).\n\n"
        "## Was beim Lesen geschieht\n\nDie öffentlichen Seiten setzen kein Cookie, binden keine fremden Dienste ein "
        "und messen keine Besuche. Der Webserver verarbeitet die Adresse Ihres Geräts nur, um die Seite auszuliefern "
        "(Art. 6 Abs. 1 Buchst. e DSGVO in Verbindung mit § 3 NDSG).\n\n"
        "## Konten der Verwaltung und des Rates\n\nWer sich anmeldet, bekommt ein Cookie für die Dauer der Sitzung. "
        "Gespeichert wird, wer wann was geändert hat.\n\n"
        "## Ihre Rechte\n\nSie haben das Recht auf Auskunft, Berichtigung, Löschung, Einschränkung und Widerspruch. "
        "Beschwerden richten Sie an die Datenschutzaufsicht des Landes Niedersachsen.\n\n"
        "Datenschutzbeauftragte Stelle: [datenschutz@winsen.example](mailto:datenschutz@winsen.example)\n",
    ),
    PageKey.ACCESSIBILITY: (
        "Barrierefreiheit",
        EXAMPLE + "## Stand\n\nDiese Seiten sollen die Anforderungen der Barrierefreie-Informationstechnik-Verordnung "
        "(BITV 2.0) und der EN 301 549 erfüllen. Sie lassen sich ohne Maus und ohne Skript bedienen; "
        "Berichte erscheinen als barrierefreies PDF (PDF/UA-1).\n\n"
        "## Was noch fehlt\n\nTexte in Leichter Sprache und Videos in Deutscher Gebärdensprache.\n\n"
        "## Eine Barriere melden\n\nSchreiben Sie an "
        "[digital@winsen.example](mailto:digital@winsen.example). Wir antworten innerhalb von zehn Werktagen.\n\n"
        "## Durchsetzung\n\nHilft unsere Antwort nicht, wenden Sie sich an die Schlichtungsstelle bei der "
        "Landesbeauftragten oder dem Landesbeauftragten für Menschen mit Behinderungen in Niedersachsen (§ 9d NBGG).\n",
    ),
}
