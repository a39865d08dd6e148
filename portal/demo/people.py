"""Accounts by role; invented, and named by their office rather than by a person."""

from accounts.access import Function, Role

DOMAIN = "winsen.example"
PASSWORD = "winsen-demo"  # noqa: S105 (printed in the README; only the demo has it)

ACCOUNTS = (
    ("digital.officer", "Digital Officer", Role.DIGITAL_OFFICER, "Stabsstelle Digitalisierung", "zentrale.dienste"),
    (
        "fachbereich",
        "Sachbearbeitung Bürgerservice",
        Role.ADMINISTRATION,
        "Fachbereich Bürgerservice und Ordnung",
        "buergeramt",
    ),
    ("it", "Leitung Informationstechnik", Role.IT, "Abteilung Informationstechnik", "it.netze"),
    ("rat", "Ratsmitglied", Role.COUNCIL, "", ""),
    ("system", "Systemverwaltung", Role.SYSTEM_ADMINISTRATOR, "Abteilung Informationstechnik", ""),
    ("buergermeister", "Verwaltungsleitung", Role.ADMINISTRATION, "Verwaltungsleitung", "zentrale.dienste"),
    ("ratsbuero", "Ratsbüro", Role.ADMINISTRATION, "Ratsbüro", ""),
    ("kaemmerei", "Kämmerei", Role.ADMINISTRATION, "Fachbereich Finanzen", "zentrale.dienste"),
)
"""Who can log in: mailbox, name, role, unit, deputy."""

FURTHER = (
    ("zentrale.dienste", "Leitung Zentrale Dienste", Role.ADMINISTRATION, "Fachbereich Zentrale Dienste", "kaemmerei"),
    ("it.netze", "Sachbearbeitung Netze", Role.IT, "Abteilung Informationstechnik", "it"),
    (
        "buergeramt",
        "Leitung Bürgerservice und Ordnung",
        Role.ADMINISTRATION,
        "Fachbereich Bürgerservice und Ordnung",
        "fachbereich",
    ),
    (
        "soziales",
        "Leitung Bildung, Jugend und Soziales",
        Role.ADMINISTRATION,
        "Fachbereich Bildung, Jugend und Soziales",
        "schule",
    ),
    (
        "schule",
        "Leitung Schulen und Kindertagesstätten",
        Role.ADMINISTRATION,
        "Abteilung Schulen und Kindertagesstätten",
        "kita",
    ),
    (
        "kita",
        "Sachbearbeitung Kindertagesstätten",
        Role.ADMINISTRATION,
        "Abteilung Schulen und Kindertagesstätten",
        "schule",
    ),
    ("buecherei", "Leitung Stadtbücherei", Role.ADMINISTRATION, "Stadtbücherei", "soziales"),
    (
        "bau",
        "Leitung Stadtentwicklung und Bauen",
        Role.ADMINISTRATION,
        "Fachbereich Stadtentwicklung und Bauen",
        "stadtplanung",
    ),
    (
        "stadtplanung",
        "Sachbearbeitung Stadtplanung",
        Role.ADMINISTRATION,
        "Fachbereich Stadtentwicklung und Bauen",
        "bau",
    ),
    ("umwelt", "Sachbearbeitung Umwelt", Role.ADMINISTRATION, "Fachbereich Stadtentwicklung und Bauen", ""),
    ("betriebshof", "Leitung Betriebshof", Role.ADMINISTRATION, "Städtischer Betriebshof", "bau"),
    ("wirtschaft", "Leitung Wirtschaftsförderung", Role.ADMINISTRATION, "Stabsstelle Wirtschaftsförderung", ""),
)
"""Who answers for measures and has no password yet."""

HEADS = {
    "Verwaltungsleitung": "buergermeister",
    "Stabsstelle Digitalisierung": "digital.officer",
    "Ratsbüro": "ratsbuero",
    "Stabsstelle Wirtschaftsförderung": "wirtschaft",
    "Fachbereich Zentrale Dienste": "zentrale.dienste",
    "Abteilung Informationstechnik": "it",
    "Fachbereich Finanzen": "kaemmerei",
    "Fachbereich Bürgerservice und Ordnung": "buergeramt",
    "Fachbereich Bildung, Jugend und Soziales": "soziales",
    "Abteilung Schulen und Kindertagesstätten": "schule",
    "Stadtbücherei": "buecherei",
    "Fachbereich Stadtentwicklung und Bauen": "bau",
    "Städtischer Betriebshof": "betriebshof",
}

DEPUTY_OFFICER = "wirtschaft"

APPOINTMENTS = (
    (Function.DEPUTY_DIGITAL_OFFICER, DEPUTY_OFFICER, False),
    (Function.ADMINISTRATION_HEAD, "buergermeister", False),
    (Function.ADMINISTRATION_HEAD, "zentrale.dienste", True),
    (Function.COUNCIL_OFFICE, "ratsbuero", False),
    (Function.TREASURY, "kaemmerei", False),
)
"""Function, who holds it, whether i. V."""

ABSENT = ("kita", -4, 9)
"""Who is away, from which to which day from today."""

LEFT = ("umwelt", -18)
"""Who left the house without anyone taking over, and when."""
