"""What the Verwaltungsleitung decides: to release, to give back with a comment, to take that back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Perm
from ground import formats
from ground.history import StaleRow
from reporting import agenda
from reporting.desk import fassungen, return_row
from reporting.forms import ReturnForm, sent_version
from reporting.models import Release, Report, ReportState
from reporting.releasing import (
    FilesNotReady,
    NoLongerPublic,
    ReleasedBySubmitter,
    ReportNotWaiting,
    releasable,
    release,
)
from reporting.returning import ReportNotReturned, give_back, withdraw_return
from reporting.review import review

REFUSED: dict[type[Exception], str] = {
    ReleasedBySubmitter: "Sie haben den Bericht selbst eingefroren. Freigeben muss ihn eine andere Person.",
    FilesNotReady: "Die Dateien sind noch nicht alle fertig. Geben Sie den Bericht frei, sobald sie da sind.",
    NoLongerPublic: (
        "Der Bericht nennt eine Maßnahme, die seit dem Einfrieren weniger Menschen sehen dürfen. Freigeben können Sie "
        "ihn erst als neue Fassung ohne sie; der Digital Officer legt sie an."
    ),
    StaleRow: "Der Bericht hat sich geändert, während Sie ihn gelesen haben. Bitte sehen Sie ihn noch einmal an.",
}
NOT_WAITING = {
    ReportState.COLLECTING: "Der Bericht ist noch in Arbeit. Freigegeben oder zurückgegeben wird, was eingefroren ist.",
    ReportState.RETURNED: "Der Bericht ist schon zurückgegeben. Als Nächstes legt der Digital Officer eine neue "
    "Fassung an.",
}
Refusal = (ReportNotWaiting, ReleasedBySubmitter, FilesNotReady, NoLongerPublic, StaleRow)


@permission_required(Perm.RELEASE_REPORTS, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Says first what is released and who sees it then; only the second step releases."""
    report = _report(request, pk)
    try:
        if request.method != "POST":
            return _page(request, report, ReturnForm(report=report))
        release(report_id=pk, expected_version=sent_version(request.POST), by=request.user)
        messages.success(request, "Freigegeben. Rat und Öffentlichkeit sehen jetzt ihre Ausgabe.")
    except Refusal as refused:
        messages.warning(request, _sentence(refused, pk))
    return redirect("report_edit", pk=pk)


@permission_required(Perm.RELEASE_REPORTS, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report_return(request: HttpRequest, pk: int) -> HttpResponse:
    """With a comment; where someone was faster, the comment is still there to be read or sent again."""
    report = _report(request, pk)
    if request.method != "POST":
        return redirect("report_release", pk=pk)
    form = ReturnForm(request.POST, report=report)
    try:
        return _give_back(request, pk, form)
    except ReportNotWaiting as refused:
        lost = f" Ihr Kommentar wurde nicht gespeichert: „{form.data.get('comment', '').strip()}“"
        messages.warning(request, _sentence(refused, pk) + lost)
    return redirect("report_edit", pk=pk)


def _give_back(request: HttpRequest, pk: int, form: ReturnForm) -> HttpResponse:
    """Raises ReportNotWaiting."""
    overtaken = False
    if form.is_valid():
        values = form.cleaned_data
        try:
            give_back(report_id=pk, comment=values["comment"], expected_version=values["version"], by=request.user)
            messages.success(request, "Zurückgegeben. Der Digital Officer sieht Ihren Kommentar.")
            return redirect("report_edit", pk=pk)
        except StaleRow:
            overtaken = True
    return _page(request, _report(request, pk), form, overtaken=overtaken)


@permission_required(Perm.RELEASE_REPORTS, raise_exception=True)
@require_POST
def report_return_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    try:
        withdraw_return(report_id=report.pk, by=request.user)
        messages.success(request, "Die Rückgabe ist zurückgenommen. Der Bericht wartet wieder auf die Freigabe.")
    except ReportNotReturned:
        messages.info(request, "Der Bericht ist nicht mehr zurückgegeben; nichts wurde geändert.")
    return redirect("report_edit", pk=pk)


def _report(request: HttpRequest, pk: int) -> Report:
    known = Report.objects.visible_to(request.user).select_related("committee", "meeting")
    return get_object_or_404(known, pk=pk)


def _page(request: HttpRequest, report: Report, form: ReturnForm, *, overtaken: bool = False) -> HttpResponse:
    """Also where the Fassung cannot be released: then it can be given back alone. Raises ReportNotWaiting."""
    try:
        refused, snapshot = "", releasable(report, by=request.user)
    except (ReleasedBySubmitter, FilesNotReady, NoLongerPublic) as reason:
        refused, snapshot = REFUSED[type(reason)], report.snapshots.order_by("-fassung")[0]
    if form.is_bound:
        sent: Any = form.data
        form = ReturnForm({**sent.dict(), "version": str(report.version)}, report=report)
    context = {
        "report": report,
        "period": report.period.label,
        "meeting": agenda.when(report.meeting),
        "meeting_since": agenda.since_frozen(report),
        "fassung": fassungen(report, request.user, timezone.localdate())[0],
        "review": review(snapshot),
        "returned": return_row(report, request.user),
        "refused": refused,
        "overtaken": overtaken,
        "form": form,
    }
    return render(request, "reporting/release.html", context, status=422 if form.is_bound else 200)


def _sentence(refused: Exception, pk: int) -> str:
    if not isinstance(refused, ReportNotWaiting):
        return REFUSED[type(refused)]
    state = ReportState(Report.objects.values_list("state", flat=True).get(pk=pk))
    if state != ReportState.RELEASED:
        return NOT_WAITING[state]
    moment = Release.objects.filter(snapshot__report=pk).latest("released_at").released_at
    return f"Der Bericht ist schon freigegeben, am {formats.moment(moment)}. Nichts wurde geändert."
