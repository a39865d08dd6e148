"""The steps of a report that cannot be taken back: freeze, correct, release."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import Perm
from ground.history import StaleRow
from ground.overtaken import compare, taken_over
from reporting import agenda
from reporting.desk import fassungen, planned_editions
from reporting.forms import CorrectionForm, StepForm
from reporting.freezing import ReportAlreadyFrozen, ReportNotFrozen, correct, freeze
from reporting.models import Report, Snapshot
from reporting.releasing import FilesNotReady, NoLongerPublic, ReleasedBySubmitter, releasable, release

REFUSED = {
    ReportNotFrozen: "Freigegeben wird, was eingefroren ist. Dieser Bericht ist es nicht oder ist schon freigegeben.",
    ReleasedBySubmitter: "Sie haben den Bericht selbst eingefroren. Freigeben muss ihn eine andere Person.",
    FilesNotReady: "Die Dateien sind noch nicht alle fertig. Geben Sie den Bericht frei, sobald sie da sind.",
    NoLongerPublic: (
        "Der Bericht nennt eine Maßnahme, die seit dem Einfrieren weniger Menschen sehen dürfen. Freigeben können Sie "
        "ihn erst als neue Fassung ohne sie; der Digital Officer legt sie an."
    ),
    StaleRow: "Der Bericht hat sich geändert, während Sie ihn gelesen haben. Bitte sehen Sie ihn noch einmal an.",
}


@permission_required(Perm.PREPARE_REPORTS, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report_freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Says first what will happen, then does it."""
    report = get_object_or_404(Report.objects.select_related("committee", "meeting"), pk=pk)
    if request.method == "POST":
        try:
            freeze(report_id=pk, expected_version=_version_of(request), by=request.user)
            messages.success(request, "Der Bericht ist eingefroren. Die Dateien werden jetzt erstellt.")
        except ReportAlreadyFrozen:
            messages.info(request, "Der Bericht war schon eingefroren; nichts wurde geändert.")
        except StaleRow:
            messages.warning(request, f"{REFUSED[StaleRow]} Nichts wurde eingefroren.")
        return redirect("report_edit", pk=pk)
    if not report.is_open:
        return redirect("report_edit", pk=pk)
    context = {
        "report": report,
        "period": report.period.label,
        "meeting": agenda.when(report.meeting),
        "editions": planned_editions(),
    }
    return render(request, "reporting/freeze.html", context)


@permission_required(Perm.PREPARE_REPORTS, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report_correct(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(Report, pk=pk)
    form = _correction(request.POST, report) if request.method == "POST" else CorrectionForm(report=report)
    both = None
    if request.method == "POST" and form.is_valid():
        try:
            made = _correct(request, report, form)
            messages.success(
                request, f"Die {made.fassung}. Fassung ist eingefroren, die Dateien werden jetzt erstellt."
            )
            return redirect("report_edit", pk=pk)
        except StaleRow as stale:
            both = compare(form, stale.current, ["assessment"])
            data: Any = form.data
            data["version"] = str(stale.current.version)
            form = CorrectionForm(data, report=stale.current)
        except ReportNotFrozen:
            messages.info(request, "Der Bericht ist noch nicht eingefroren; Sie können ihn einfach bearbeiten.")
            return redirect("report_edit", pk=pk)
    context = {"report": report, "period": report.period.label, "form": form, "both": both}
    return render(request, "reporting/correct.html", context, status=422 if both or form.errors else 200)


def _correction(sent: QueryDict, report: Report) -> CorrectionForm:
    return CorrectionForm(taken_over(sent, CorrectionForm(report=report)), report=report)


def _version_of(request: HttpRequest) -> int:
    form = StepForm(request.POST)
    form.is_valid()
    return int(form.cleaned_data["version"])


def _correct(request: HttpRequest, report: Report, form: CorrectionForm) -> Snapshot:
    values = form.cleaned_data
    return correct(
        report_id=report.pk,
        reason=values["reason"],
        assessment=values["assessment"],
        expected_version=values["version"],
        by=request.user,
    )


@permission_required(Perm.RELEASE_REPORTS, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Says first what is released and who sees it then; only the second step releases."""
    known = Report.objects.visible_to(request.user).select_related("committee", "meeting")
    report = get_object_or_404(known, pk=pk)
    try:
        if request.method != "POST":
            releasable(report, by=request.user)
            return render(request, "reporting/release.html", _release_page(request, report))
        release(report_id=pk, expected_version=_version_of(request), by=request.user)
        messages.success(request, "Freigegeben. Rat und Öffentlichkeit sehen jetzt ihre Ausgabe.")
    except (ReportNotFrozen, ReleasedBySubmitter, FilesNotReady, NoLongerPublic, StaleRow) as refused:
        messages.warning(request, REFUSED[type(refused)])
    return redirect("report_edit", pk=pk)


def _release_page(request: HttpRequest, report: Report) -> dict[str, object]:
    known = fassungen(report, request.user, timezone.localdate())
    return {
        "report": report,
        "period": report.period.label,
        "meeting": agenda.when(report.meeting),
        "fassung": known[0],
        "meeting_since": agenda.since_frozen(report),
    }
