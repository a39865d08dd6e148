"""Risks of the example measures, and what waits for what."""

from collections.abc import Callable, Iterator
from datetime import datetime

from masterplan.foreseeing import add_risk, decline_risk, edit_risk
from masterplan.linking import Link, depend
from masterplan.models import Impact, Likelihood, Risk, RiskState
from portal.demo.happening import Cast, Happening

RISKS = (
    (
        "IN-01",
        "Der Tiefbau findet keine Firma, die im Winter arbeitet",
        Likelihood.LIKELY,
        Impact.FELT,
        "Leerrohre mit den Stadtwerken gemeinsam verlegen; Ausschreibung schon im Herbst",
        "Abteilung Informationstechnik",
        -190,
    ),
    (
        "BS-04",
        "Der Hersteller des Fachverfahrens liefert die Schnittstelle nicht",
        Likelihood.LIKELY,
        Impact.SEVERE,
        "Anschluss an die Lösung des Verbunds prüfen und zur Entscheidung vorlegen",
        "Fachbereich Stadtentwicklung und Bauen",
        -165,
    ),
    (
        "VW-01",
        "Alte Akten lassen sich nicht in der geplanten Zeit erfassen",
        Likelihood.POSSIBLE,
        Impact.FELT,
        "Nur laufende Vorgänge erfassen, abgeschlossene bleiben auf Papier",
        "Fachbereich Zentrale Dienste",
        -140,
    ),
    (
        "BS-03",
        "Ein freier Träger zeichnet den Vertrag zum Datenschutz nicht",
        Likelihood.POSSIBLE,
        Impact.SEVERE,
        "Muster des Landes verwenden; ohne diesen Träger beginnen",
        "Abteilung Schulen und Kindertagesstätten",
        -96,
    ),
    (
        "BI-01",
        "Geräte kommen an, bevor die Schulen ans Netz angeschlossen sind",
        Likelihood.LIKELY,
        Impact.MINOR,
        "Lieferung in zwei Teilen abrufen",
        "Abteilung Schulen und Kindertagesstätten",
        -80,
    ),
    (
        "SU-05",
        "Masten sind älter als im Bestand verzeichnet",
        Likelihood.POSSIBLE,
        Impact.MINOR,
        "Vor jeder Bestellung die Straße begehen",
        "Städtischer Betriebshof",
        -72,
    ),
    (
        "IN-03",
        "Die Ersatzräume sind im Ernstfall schon anders belegt",
        Likelihood.UNLIKELY,
        Impact.SEVERE,
        "Belegung vorab vereinbaren und jährlich üben",
        "Abteilung Informationstechnik",
        -60,
    ),
    (
        "WI-01",
        "Die Lotsenstelle bleibt unbekannt und wird kaum gefragt",
        Likelihood.UNLIKELY,
        Impact.FELT,
        "Bei Kammern und Verbänden vorstellen",
        "Stabsstelle Wirtschaftsförderung",
        -45,
    ),
)
"""Measure, what may happen, how likely, how grave, what is done about it, who watches, on which day it was entered."""

OCCURRED = ("BS-04", -5)
PROPOSED = (
    ("BS-02", "Die Schnittstelle zum Kassenverfahren fällt bei einem Wechsel des Anbieters weg", -9, ""),
    ("BS-02", "Zu wenige nutzen die neuen Anträge", -30, "Das misst die Kennzahl des Ziels, es ist kein Risiko."),
)
"""By the responsible person; a reason declines the proposal."""

WAITS = (
    ("BI-01", 0, "IN-01", 0, 0, "Die Geräte brauchen den Anschluss der Schule"),
    ("BI-04", 0, "BS-02", 4, 14, "Die Buchung nutzt Anmeldung und Bezahlen der Anträge"),
    ("BS-02", 5, "VW-01", 0, 0, "Die letzten Anträge enden in der elektronischen Akte"),
    ("WI-01", 0, "WI-02", 0, 0, "Die Lotsenstelle berät mit der Karte"),
    ("SU-04", 0, "BS-04", 5, 30, "Das Modell zeigt Bauvorhaben, sobald Anträge digital vorliegen"),
    ("SU-03", 0, "SU-05", 0, 0, "Die Messstellen hängen an den neuen Masten"),
    ("SU-02", 0, "IN-02", 0, 0, "Die Zähler senden über das freie WLAN"),
    ("VW-01", 0, "IN-03", 0, 0, "Ohne Notbetrieb keine Akte nur auf dem Server"),
)
"""What waits and its milestone, what it waits for and that one's milestone (0 for the whole measure), days, why."""


def foresight(cast: Cast) -> Iterator[Happening]:
    for place, (number, title, likelihood, impact, against, unit, offset) in enumerate(RISKS):
        values = {
            "title": title,
            "likelihood": likelihood,
            "impact": impact,
            "countermeasure": against,
            "owner_unit": cast.units[unit],
        }
        yield _risk(cast, number, values, cast.moment(offset, 14, place))
    number, offset = OCCURRED
    yield _occurred(cast, number, cast.moment(offset, 15))
    for number, title, offset, declined in PROPOSED:
        yield _proposal(cast, number, title, declined, cast.moment(offset, 16))
    for place, wait in enumerate(WAITS):
        yield _wait(cast, wait, cast.moment(-150, 11, place))


def _at(moment: datetime, happen: Callable[[datetime], object]) -> Happening:
    return Happening(moment, lambda: happen(moment))


def _risk(cast: Cast, number: str, values: dict[str, object], moment: datetime) -> Happening:
    def happen(now: datetime) -> None:
        add_risk(measure_id=cast.measures[number].pk, values=values, by=cast.officer, now=now)

    return _at(moment, happen)


def _occurred(cast: Cast, number: str, moment: datetime) -> Happening:
    def happen(now: datetime) -> None:
        risk = Risk.objects.get(measure=cast.measures[number])
        edit_risk(risk_id=risk.pk, values={}, state=RiskState.OCCURRED, expected_version=None, by=cast.officer, now=now)

    return _at(moment, happen)


def _proposal(cast: Cast, number: str, title: str, declined: str, moment: datetime) -> Happening:
    def happen(now: datetime) -> None:
        values = {"title": title, "likelihood": Likelihood.POSSIBLE, "impact": Impact.FELT}
        measure = cast.measures[number]
        risk = add_risk(measure_id=measure.pk, values=values, by=measure.responsible, now=now)
        if declined:
            decline_risk(risk_id=risk.pk, reason=declined, expected_version=None, by=cast.officer, now=now)

    return _at(moment, happen)


def _wait(cast: Cast, wait: tuple[str, int, str, int, int, str], moment: datetime) -> Happening:
    def happen(now: datetime) -> None:
        after, waiting, before, step, lag, why = wait
        link = Link(
            predecessor_id=cast.measures[before].pk,
            predecessor_milestone_id=cast.milestones[before][step - 1] if step else None,
            successor_id=cast.measures[after].pk,
            successor_milestone_id=cast.milestones[after][waiting - 1] if waiting else None,
            lag=lag,
            note=why,
        )
        depend(link, by=cast.officer, now=now)

    return _at(moment, happen)
