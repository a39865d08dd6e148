from collections.abc import Callable
from datetime import date, datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from council.public import PublicMeeting, next_meeting
from ground import formats
from ground.frame import public_version
from ground.public_page import public_page
from ground.richtext import richtext
from masterplan.public.events import newest
from masterplan.public.facets import facets_of
from masterplan.public.outlook import coming
from masterplan.public.selection import Selection
from masterplan.public_bars import status_bar
from masterplan.public_counts import behind_words, headline
from portal.public import page_text
from portal.public_start import axis, news_row, quarter_rows, year_ahead
from reporting.public import PublicReport, latest_report

NEWS_SHOWN = 5
DATES_A_QUARTER = 5


@public_page
def start(request: HttpRequest, today: date) -> HttpResponse:
    facets = facets_of(public_version(request), Selection(), today)
    meeting = next_meeting(datetime.combine(today, time.min, formats.BERLIN))
    quarters = coming(today, year_ahead(today), DATES_A_QUARTER)
    introduction = page_text("START")
    return render(
        request,
        "portal/public/start.html",
        {
            "total": facets.total,
            "headline": headline(facets) if facets.total else "",
            "bar": status_bar(facets),
            "behind": behind_words(facets).strip(),
            "behind_url": f"{reverse('public_measures')}?verspaetet=ja",
            "introduction": richtext(introduction.text, 2) if introduction else "",
            "report": _report_words(latest_report()),
            "news": [news_row(news, today) for news in newest(NEWS_SHOWN)],
            "meeting": _meeting_words(meeting, today),
            "quarters": quarter_rows(quarters, meeting),
            "axis": axis(quarters, meeting, today),
        },
    )


def _meeting_words(meeting: PublicMeeting | None, today: date) -> dict[str, str] | None:
    if meeting is None:
        return None
    return {
        "relative": formats.relative(meeting.day, today),
        "moment": formats.weekday_moment(meeting.start),
        "committee": meeting.committee,
        "location": meeting.location,
    }


def _report_words(report: PublicReport | None) -> dict[str, str] | None:
    if report is None:
        return None
    return {
        "label": report.period.label,
        "released": formats.day(report.released_on),
        "href": reverse("public_report", args=[report.period]),
        "file": reverse("public_report_file", args=[report.period]),
        "size": formats.file_size(report.file_size),
    }


def _text_page(key: str, title: str, missing: str) -> Callable[..., HttpResponse]:
    """A page whose words the town writes; until then it says what will stand there."""

    @public_page
    def page(request: HttpRequest, today: date) -> HttpResponse:
        found = page_text(key)
        return render(
            request,
            "portal/public/text.html",
            {
                "title": found.title if found else title,
                "text": richtext(found.text, 2) if found else "",
                "changed": formats.day(found.changed_at.astimezone(formats.BERLIN).date()) if found else "",
                "missing": missing,
            },
        )

    return page


officer = _text_page(
    "OFFICER",
    "Digital Officer",
    "Hier steht, was die oder der Digital Officer für Sie tut, wie Sie Kontakt aufnehmen und wann Sprechstunde ist.",
)
imprint = _text_page("IMPRINT", "Impressum", "Hier steht, wer für diese Seiten verantwortlich ist.")
privacy = _text_page("PRIVACY", "Datenschutz", "Hier steht, welche Daten beim Besuch dieser Seiten anfallen.")
accessibility = _text_page(
    "ACCESSIBILITY",
    "Barrierefreiheit",
    "Hier steht, wie zugänglich die Seiten sind und wie Sie eine Barriere melden.",
)
