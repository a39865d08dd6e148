"""What is attached to the measures of the example: small files made here, links to pages that do not exist."""

from collections.abc import Iterator

from ground.documents import to_pdf
from ground.uploads import checked
from masterplan.attaching import add_files, add_link
from portal.demo.days import at
from portal.demo.happening import Cast, Happening
from portal.demo.people import DOMAIN

CONCEPT = """<!doctype html><html lang="de"><head><title>{title}</title></head>
<body><h1>{title}</h1><p>Beispiel, keine Auskunft der Stadt.</p><p>{text}</p></body></html>"""
SURVEY = (
    "Frage;sehr wichtig;wichtig;weniger wichtig\n"
    "Termine rund um die Uhr;412;133;55\n"
    "Erinnerung am Vortag;298;201;101\n"
    "Unterlagen vorher wissen;377;160;63\n"
)
NOTES = "Offen aus dem Probebetrieb:\n- Doppelbuchungen an Schalter 2\n- Hinweis auf mitzubringende Unterlagen fehlt\n"
CONCEPT_TITLE = "Konzept zur Terminbuchung"
CONCEPT_TEXT = "Ein Kalender im Netz zeigt freie Zeiten. Wer bucht, sieht gleich, welche Unterlagen mitzubringen sind."

FILES = (
    ("BS-01", -500, CONCEPT_TITLE, "konzept-terminbuchung.pdf", True),
    ("BS-01", -480, "Ergebnisse der Umfrage im Bürgeramt", "umfrage.csv", True),
    ("BS-01", -340, "Notizen aus dem Probebetrieb", "probebetrieb.txt", False),
)
"""Measure, day, title, file name, whether it is public."""
LINKS = (
    ("BS-01", -470, "Vorlage im Ratsinformationssystem", f"https://rat.{DOMAIN}/vorlagen/terminbuchung", True),
    ("BS-02", -420, "Anmeldung im Kita-Portal", f"https://kita.{DOMAIN}/", True),
)


def attached(cast: Cast) -> Iterator[Happening]:
    for place, (number, day, title, name, public) in enumerate(FILES):
        yield _file(cast, number, day, place, title, name, public=public)
    for place, (number, day, title, url, public) in enumerate(LINKS):
        yield _link(cast, number, day, place, title, url, public=public)


def _file(cast: Cast, number: str, day: int, place: int, title: str, name: str, *, public: bool) -> Happening:
    now = at(cast.calendar.workday(day), 14, place)

    def happen() -> None:
        file = checked(name, _content(name))
        pk = cast.measures[number].pk
        add_files(measure_id=pk, files=[(title, file)], public=public, by=cast.officer, now=now)

    return Happening(now, happen)


def _link(cast: Cast, number: str, day: int, place: int, title: str, url: str, *, public: bool) -> Happening:
    now = at(cast.calendar.workday(day), 15, place)

    def happen() -> None:
        add_link(measure_id=cast.measures[number].pk, title=title, url=url, public=public, by=cast.officer, now=now)

    return Happening(now, happen)


def _content(name: str) -> bytes:
    if name.endswith(".csv"):
        return SURVEY.encode()
    if name.endswith(".txt"):
        return NOTES.encode()
    return to_pdf(CONCEPT.format(title=CONCEPT_TITLE, text=CONCEPT_TEXT), assets={}, identifier=name).content
