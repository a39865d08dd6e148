from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import Perm
from ground.halfyears import HalfYear
from ground.history import StaleRow
from ground.overtaken import compare, taken_over
from reporting import agenda
from reporting.desk import draft_rows, fassungen, return_row, stations
from reporting.forms import OpenReportForm, ReportForm
from reporting.models import Report, ReportState, takes_part
from reporting.opening import NoCommittee, ReportNotOpen, open_report, write_report

NO_COMMITTEE = (
    "Für dieses Halbjahr ist kein Gremium eingetragen, das den Statusbericht erhält. Die Systemverwaltung trägt es "
    "unter Verwaltung, Gremien ein."
)


@permission_required(Perm.OPEN_WORKSPACE, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: HttpRequest) -> HttpResponse:
    """The list; opening one more stands at its head."""
    known = list(Report.objects.visible_to(request.user).select_related("committee", "meeting"))
    periods, may_prepare = _open_periods(known), request.user.has_perm(Perm.PREPARE_REPORTS)
    form = OpenReportForm(request.POST or None, periods=periods)
    if request.method == "POST" and form.is_valid():
        try:
            report = open_report(period=form.cleaned_data["period"], by=request.user)
            messages.success(request, f"Der Bericht für das {report.period.label} ist angelegt.")
            return redirect("report_edit", pk=report.pk)
        except NoCommittee:
            form.add_error("period", NO_COMMITTEE)
    context = {
        "rows": [_row(report, all_states=takes_part(request.user)) for report in known],
        "form": form,
        "may_prepare": may_prepare,
        "may_open": may_prepare and bool(periods),
    }
    return render(request, "reporting/reports.html", context, status=422 if form.errors else 200)


def _open_periods(known: list[Report]) -> list[HalfYear]:
    """This half-year first, then the one before and the next; without those that have their report."""
    now = HalfYear.of(timezone.localdate())
    taken = {report.period for report in known}
    return [period for period in (now, now.previous(), now.next()) if period not in taken]


def _row(report: Report, *, all_states: bool) -> dict[str, object]:
    """Who only reads knows what is released; what becomes of a correction is not told."""
    return {
        "pk": report.pk,
        "label": report.period.label,
        "committee": report.committee.name,
        "meeting": agenda.when(report.meeting) or "noch nicht bestimmt",
        "state": report.get_state_display() if all_states else ReportState.RELEASED.label,
    }


@permission_required(Perm.OPEN_WORKSPACE, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one report; text and meeting are saved here while it is open."""
    report = get_object_or_404(Report.objects.visible_to(request.user).select_related("committee", "meeting"), pk=pk)
    sent = taken_over(request.POST, ReportForm(report=report)) if request.method == "POST" else None
    form = ReportForm(sent, report=report)
    both = None
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, report, form)
            messages.success(request, "Gespeichert.")
            return redirect("report_edit", pk=pk)
        except StaleRow as stale:
            both = compare(form, stale.current, ["meeting", "assessment"])
            data: Any = form.data
            data["version"] = str(stale.current.version)
            form = ReportForm(data, report=stale.current)
        except ReportNotOpen:
            form.add_error(None, "Der Bericht ist inzwischen eingefroren. Den Text ändert nur eine neue Fassung.")
    context = {**_page(request, report, form), "both": both}
    return render(request, "reporting/report.html", context, status=422 if both or form.errors else 200)


def _save(request: HttpRequest, report: Report, form: ReportForm) -> None:
    values = form.cleaned_data
    write_report(
        report_id=report.pk,
        assessment=values["assessment"],
        meeting=values["meeting"],
        expected_version=values["version"],
        by=request.user,
    )


def _page(request: HttpRequest, report: Report, form: ReportForm) -> dict[str, object]:
    user = request.user
    known = fassungen(report, user, timezone.localdate())
    drafts = draft_rows(report) if report.is_open and user.has_perm(Perm.PREPARE_REPORTS) else []
    newest = known[0] if known else None
    is_returned = report.state == ReportState.RETURNED
    author = report.snapshots.order_by("-fassung").values_list("author", flat=True).first()
    return {
        "report": report,
        "period": report.period.label,
        "address": report.period,
        "meeting": agenda.when(report.meeting),
        "meeting_since": agenda.since_frozen(report),
        "form": form,
        "newest": newest,
        "older": known[1:],
        "drafts": drafts,
        "drafts_in_work": any(row.is_being_made for row in drafts),
        "stations": stations(report, newest),
        "may_prepare": user.has_perm(Perm.PREPARE_REPORTS),
        "may_release": user.has_perm(Perm.RELEASE_REPORTS) and report.state == ReportState.FROZEN,
        "is_own": author == user.pk,
        "is_waiting": report.state == ReportState.FROZEN and not (newest and newest.released),
        "is_returned": is_returned,
        "returned": return_row(report, user) if is_returned else None,
        "may_withdraw": is_returned and user.has_perm(Perm.RELEASE_REPORTS),
        "is_released": any(fassung.released for fassung in known),
    }
