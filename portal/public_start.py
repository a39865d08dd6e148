"""The words of the start page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from council.public import PublicMeeting
from ground import formats
from masterplan.public.events import News, PublicEvent, most_telling_first
from masterplan.public.outlook import DueDate, Quarter
from masterplan.timeline_layout import QuarterOfYear, Span

MONTHS_SHOWN = 12
SHORT_MONTHS = ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez.")


@dataclass(frozen=True, slots=True)
class NewsRow:
    iso: str
    day: str
    relative: str
    title: str
    href: str
    changes: tuple[PublicEvent, ...]
    said: str
    measures: tuple[tuple[str, str], ...] = ()
    more: int = 0
    """How many of the measures that changed together are not listed."""


@dataclass(frozen=True, slots=True)
class DateRow:
    day: str
    text: str
    href: str
    moved: bool
    is_meeting: bool


@dataclass(frozen=True, slots=True)
class QuarterRows:
    title: str
    rows: tuple[DateRow, ...]
    more: str
    more_href: str


@dataclass(frozen=True, slots=True)
class AxisMark:
    x: str
    moved: bool
    is_meeting: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """Months as lines with labels, dates as marks, in percent of the width."""

    months: tuple[tuple[str, str, str, bool], ...]
    marks: tuple[AxisMark, ...]


CHANGES_SHOWN = 2


def news_row(news: News, today: date) -> NewsRow:
    together = news.count + news.others > 1
    title = _headline(news) if together else news.title
    href = reverse("public_measures") if together else reverse("public_measure", args=[news.slug])
    changes = most_telling_first(event for event in news.events if not event.is_report)
    if together:
        changes = []
    elif news.headline:
        changes = [PublicEvent(news.latest, "", news.headline, "", "", "")]
    said = [event.reason for event in sorted(news.events, key=lambda event: not event.is_report) if event.reason]
    return NewsRow(
        iso=news.day.isoformat(),
        day=formats.day(news.day),
        relative=formats.relative(news.day, today),
        title=title,
        href=href,
        changes=tuple(changes[:CHANGES_SHOWN]),
        said=said[0] if said else "",
        measures=tuple((title, reverse("public_measure", args=[slug])) for title, slug in news.measures),
        more=news.count + news.others - len(news.measures),
    )


def _headline(news: News) -> str:
    """Ende verschoben: 5 Maßnahmen; or Ende verschoben: 5 Maßnahmen, 2 weitere geändert."""
    noun = "Maßnahme" if news.count == 1 else "Maßnahmen"
    others = f", {formats.whole(news.others)} weitere geändert" if news.others else ""
    return f"{news.headline}: {formats.whole(news.count)} {noun}{others}"


def year_ahead(today: date) -> date:
    return today + timedelta(days=365)


def quarter_rows(quarters: Iterable[Quarter], meeting: PublicMeeting | None) -> list[QuarterRows]:
    return [_quarter(quarter, meeting) for quarter in quarters]


def _quarter(quarter: Quarter, meeting: PublicMeeting | None) -> QuarterRows:
    rows = [(due.day, _date_row(due)) for due in quarter.dates]
    if meeting and QuarterOfYear.of(meeting.day) == QuarterOfYear(quarter.year, quarter.number):
        label = f"Sitzung: {meeting.committee}"
        rows.append((meeting.day, DateRow(formats.short_day(meeting.day), label, "", moved=False, is_meeting=True)))
    more = quarter.count - len(quarter.dates)
    first = QuarterOfYear(quarter.year, quarter.number)
    return QuarterRows(
        title=f"{quarter.number}. Quartal {quarter.year}",
        rows=tuple(row for _, row in sorted(rows, key=lambda pair: pair[0])),
        more=f"{formats.whole(more)} {'weiterer Termin' if more == 1 else 'weitere Termine'}" if more else "",
        more_href=f"{reverse('public_timeline')}?ab={first.value}",
    )


def _date_row(due: DueDate) -> DateRow:
    text = f"{due.title}: {due.milestone}" if due.milestone else f"{due.title}: Ende"
    href = reverse("public_measure", args=[due.slug])
    return DateRow(formats.short_day(due.day), text, href, due.moved, is_meeting=False)


def axis(quarters: Iterable[Quarter], meeting: PublicMeeting | None, today: date) -> Axis:
    span = Span(today, year_ahead(today) + timedelta(days=1))
    marks = [
        AxisMark(_percent(span.at(due.day)), due.moved, is_meeting=False)
        for quarter in quarters
        for due in quarter.dates
        if span.shows(due.day)
    ]
    if meeting and span.shows(meeting.day):
        marks.append(AxisMark(_percent(span.at(meeting.day)), moved=False, is_meeting=True))
    return Axis(tuple(_months(span)), tuple(marks))


def _months(span: Span) -> Iterable[tuple[str, str, str, bool]]:
    """Place of the first day, label, place of the label, whether a year begins."""
    year, month = span.start.year, span.start.month
    for _ in range(MONTHS_SHOWN):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        first = date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1)
        if span.shows(first):
            middle = (span.at(first) + min(100.0, span.at(following))) / 2
            yield _percent(span.at(first)), SHORT_MONTHS[month - 1], _percent(middle), month == 1


def _percent(value: float) -> str:
    return f"{value:.2f}"
