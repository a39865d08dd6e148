from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ground import formats
from ground.halfyears import HalfYear
from ground.public_page import public_page
from reporting import context, public
from reporting.public import PublicReport


@public_page
def reports(request: HttpRequest, today: date) -> HttpResponse:
    found = public.reports()
    contents = public.contents(found)
    rows = [
        {
            "period": report.period,
            "label": report.period.label,
            "released": formats.day(report.released_on),
            "fassung": report.fassung,
            "finding": context.page_one(contents[report.code]).finding,
            "size": formats.file_size(report.file_size),
        }
        for report in found
    ]
    told = {"newest": rows[:1], "older": rows[1:], "scope": context.NOT_PUBLIC}
    return render(request, "reporting/public/reports.html", told)


@public_page
def report(request: HttpRequest, today: date, period: HalfYear, fassung: int | None = None) -> HttpResponse:
    """The newest Fassung, or the one that the address names."""
    known = public.fassungen(period)
    shown = next((one for one in known if fassung in (None, one.fassung)), None)
    if shown is None:
        raise Http404
    told = public.with_living_links(public.contents([shown])[shown.code])
    periods = [one.period for one in public.reports()]
    return render(
        request,
        "reporting/public/report.html",
        {
            "doc": context.document(told, None),
            "one": context.page_one(told),
            "period": period,
            "shown": _row(shown),
            "meeting_since": context.meeting_since(told.meeting, shown.meeting, cancelled=shown.meeting_cancelled),
            "newest": _row(known[0]) if known[0].fassung != shown.fassung else None,
            "others": [_row(one) for one in known if one.fassung != shown.fassung],
            "previous": max((one for one in periods if one < period), default=None),
            "next": min((one for one in periods if one > period), default=None),
        },
    )


@public_page
def report_file(request: HttpRequest, today: date, period: HalfYear, fassung: int | None = None) -> HttpResponse:
    found = public.file(period, fassung)
    if found is None:
        raise Http404
    return HttpResponse(
        found.content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{found.name}"'},
    )


def _row(report: PublicReport) -> dict[str, object]:
    return {
        "fassung": report.fassung,
        "released": formats.day(report.released_on),
        "frozen": formats.day(report.frozen_on),
        "size": formats.file_size(report.file_size),
        "code": report.code,
        "sha256": report.sha256,
        "file_sha256": report.file_sha256,
        "correction": report.correction,
    }
