"""The steps of a report that cannot be taken back: freeze and correct."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import Perm
from ground.history import StaleRow
from ground.overtaken import compare, taken_over
from reporting import agenda
from reporting.desk import planned_editions, return_row
from reporting.forms import CorrectionForm, sent_version
from reporting.freezing import ReportAlreadyFrozen, ReportNotFrozen, Rewritten, correct, freeze
from reporting.models import Report, Snapshot

OVERTAKEN = "Der Bericht hat sich geändert, während Sie ihn gelesen haben. Bitte sehen Sie ihn noch einmal an."


@permission_required(Perm.PREPARE_REPORTS, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report_freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Says first what will happen, then does it."""
    report = get_object_or_404(Report.objects.select_related("committee", "meeting"), pk=pk)
    if request.method == "POST":
        try:
            freeze(report_id=pk, expected_version=sent_version(request.POST), by=request.user)
            messages.success(request, "Der Bericht ist eingefroren. Die Dateien werden jetzt erstellt.")
        except ReportAlreadyFrozen:
            messages.info(request, "Der Bericht war schon eingefroren; nichts wurde geändert.")
        except StaleRow:
            messages.warning(request, f"{OVERTAKEN} Nichts wurde eingefroren.")
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
    report = get_object_or_404(Report.objects.select_related("committee", "meeting"), pk=pk)
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
            both = compare(form, stale.current, ["meeting", "assessment"])
            data: Any = form.data
            data["version"] = str(stale.current.version)
            form = CorrectionForm(data, report=stale.current)
        except ReportNotFrozen:
            messages.info(request, "Der Bericht ist noch nicht eingefroren; Sie können ihn einfach bearbeiten.")
            return redirect("report_edit", pk=pk)
    returned = return_row(report, request.user)
    context = {"report": report, "period": report.period.label, "form": form, "both": both, "returned": returned}
    return render(request, "reporting/correct.html", context, status=422 if both or form.errors else 200)


def _correction(sent: QueryDict, report: Report) -> CorrectionForm:
    return CorrectionForm(taken_over(sent, CorrectionForm(report=report)), report=report)


def _correct(request: HttpRequest, report: Report, form: CorrectionForm) -> Snapshot:
    values = form.cleaned_data
    return correct(
        report_id=report.pk,
        reason=values["reason"],
        rewritten=Rewritten(values["assessment"], values["meeting"]),
        expected_version=values["version"],
        by=request.user,
    )
