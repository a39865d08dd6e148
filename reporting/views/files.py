from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Perm
from reporting.desk import SLUGS, draft_rows, fassungen
from reporting.drafting import ask_for_draft
from reporting.models import Draft, Edition, EditionKind, RenderingState, Report
from reporting.opening import ReportNotOpen
from reporting.retrying import retry


@permission_required(Perm.PREPARE_REPORTS, raise_exception=True)
@require_POST
def report_draft(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Asks a worker for the document as it would be frozen now, with „Entwurf“ on each page."""
    report = get_object_or_404(Report, pk=pk)
    try:
        ask_for_draft(report_id=report.pk, kind=_kind(edition), by=request.user)
    except ReportNotOpen:
        messages.info(request, "Der Bericht ist inzwischen eingefroren; einen Entwurf gibt es nicht mehr.")
        return redirect("report_edit", pk=pk)
    return redirect(f"{reverse('report_edit', args=[pk])}#entwurf")


@permission_required(Perm.PREPARE_REPORTS, raise_exception=True)
@require_safe
def report_draft_file(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    draft = get_object_or_404(Draft, report=pk, kind=_kind(edition), state=RenderingState.READY)
    return _pdf(bytes(draft.content or b""), draft.name)


def _kind(slug: str) -> EditionKind:
    found = next((kind for kind, known in SLUGS.items() if known == slug), None)
    if found is None:
        raise Http404
    return found


@permission_required(Perm.OPEN_WORKSPACE, raise_exception=True)
@require_safe
def report_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The files alone, for htmx; without script the page of the report."""
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    if not request.headers.get("HX-Request"):
        return redirect("report_edit", pk=pk)
    known = fassungen(report, request.user, timezone.localdate())
    may_prepare = request.user.has_perm(Perm.PREPARE_REPORTS)
    drafts = draft_rows(report) if report.is_open and may_prepare else []
    if not any(row.is_being_made for row in drafts) and not (known and known[0].is_rendering):
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "report": report,
        "newest": known[0] if known else None,
        "drafts": drafts,
        "drafts_in_work": True,
        "may_prepare": may_prepare,
    }
    return render(request, "reporting/drafts.html" if drafts else "reporting/editions.html", context)


@permission_required(Perm.PREPARE_REPORTS, raise_exception=True)
@require_POST
def report_retry(request: HttpRequest, edition_id: int) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.select_related("snapshot"), pk=edition_id)
    if retry(edition_id=edition_id, by=request.user):
        messages.info(request, f"{edition.get_kind_display()}: Die Datei wird noch einmal erstellt.")
    return redirect("report_edit", pk=edition.snapshot.report_id)


@require_safe
def report_document(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The stored file, for whoever may see this edition today."""
    visible = Edition.objects.visible_to(request.user, timezone.localdate()).filter(state=RenderingState.READY)
    edition = get_object_or_404(visible.select_related("document"), pk=edition_id)
    if edition.document is None:
        raise Http404
    return _pdf(bytes(edition.document.content), edition.document.name)


def _pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"},
    )
