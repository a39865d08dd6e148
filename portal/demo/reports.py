"""Two delivered half-yearly reports, frozen in the middle of the history, and the one that is being written."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from council.models import Meeting
from ground.halfyears import HalfYear
from portal.demo.days import at
from portal.demo.happening import Cast, Happening
from reporting.freezing import freeze
from reporting.models import Report
from reporting.opening import open_report, write_report
from reporting.releasing import hand_over

FROZEN_AFTER, RELEASED_AFTER = 21, 24
"""Days after the half-year's last one."""

ASSESSMENTS = (
    "Der Masterplan läuft an wie beschlossen. Die meisten Maßnahmen sind in Vorbereitung oder in Umsetzung, die ersten "
    "Aufträge sind vergeben. Was sich verschiebt, steht mit seinem Grund unter den Veränderungen.",
    "Erste Ergebnisse sind sichtbar: Termine im Bürgeramt lassen sich online buchen. Sorge machen der digitale "
    "Bauantrag, dessen Schnittstelle später kommt, und die offene Stadtbücherei, der ein zweiter Rettungsweg fehlt.",
)
"""True on each day on which the two reports can have been frozen, seen from today."""

UPCOMING = (
    "Zwölf Standorte haben freies WLAN, die Schulen kommen früher ans Netz als zugesagt. Für den digitalen Bauantrag "
    "und die offene Stadtbücherei braucht es jetzt Entscheidungen."
)


def delivered_periods(today: date) -> tuple[HalfYear, HalfYear]:
    """The last two half-years whose report was released before today."""
    last = HalfYear.of(today).previous()
    if last.end + timedelta(days=RELEASED_AFTER) >= today:
        last = last.previous()
    return last.previous(), last


def reports(cast: Cast) -> Iterator[Happening]:
    for period, assessment in zip(delivered_periods(cast.calendar.today), ASSESSMENTS, strict=True):
        yield from _delivered(cast, period, assessment)


def open_next_report(cast: Cast) -> None:
    _, last = delivered_periods(cast.calendar.today)
    now = at(last.end + timedelta(days=RELEASED_AFTER), 11)
    report = open_report(period=last.next(), by=cast.officer, now=now)
    meeting = report.committee.meetings.filter(start__gte=at(cast.calendar.today, 23)).order_by("start").first()
    _write(cast, report, UPCOMING, meeting, now)


def _delivered(cast: Cast, period: HalfYear, assessment: str) -> Iterator[Happening]:
    frozen_at = at(period.end + timedelta(days=FROZEN_AFTER), 16)
    released_at = at(period.end + timedelta(days=RELEASED_AFTER), 9)

    def freeze_it() -> None:
        report = open_report(period=period, by=cast.officer, now=frozen_at)
        meeting = report.committee.meetings.filter(start__gt=released_at).order_by("start").first()
        _write(cast, report, assessment, meeting, frozen_at)
        freeze(report_id=report.pk, by=cast.officer, now=frozen_at)

    def release_it() -> None:
        """The files are made by the worker once the example data are there; that takes longer than all the rest."""
        report = Report.objects.of(period).get()
        hand_over(report, report.snapshots.get(), by=cast.users["buergermeister"], now=released_at)

    yield Happening(frozen_at, freeze_it)
    yield Happening(released_at, release_it)


def _write(cast: Cast, report: Report, assessment: str, meeting: Meeting | None, now: datetime) -> None:
    write_report(
        report_id=report.pk, assessment=assessment, meeting=meeting, expected_version=None, by=cast.officer, now=now
    )
