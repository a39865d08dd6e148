"""Import in the browser: upload, meaning of the columns, preview, taking over, result."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import Perm
from masterplan.exporting import TextTooLongForWorkbook, csv_file, example_file, xlsx_file
from masterplan.forms.importing import MappingForm, TakeOverForm, UploadForm
from masterplan.importing.applying import ImportReasonMissing, ListHasErrors, Overtaken, PreviewOvertaken
from masterplan.importing.cells import shown
from masterplan.importing.drafts import map_columns, plan_of, preview, stamp_of, table_of_draft, take_over, upload
from masterplan.importing.mapping import faults
from masterplan.importing.plan import ImportPlan
from masterplan.importing.table import UnreadableFile
from masterplan.models import ImportDraft, Visibility
from masterplan.views.import_preview import preview_context

may_import = permission_required(Perm.IMPORT_MEASURES, raise_exception=True)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXAMPLES = 3


def _draft(request: HttpRequest, pk: int) -> ImportDraft:
    return get_object_or_404(ImportDraft.objects.own(request.user, timezone.now()), pk=pk)


@require_http_methods(["GET", "POST"])
@may_import
def start(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = upload(name=file.name, content=file.read(), by=request.user, now=timezone.now())
            return redirect("import_mapping", draft.pk)
        except UnreadableFile as unreadable:
            form.add_error("file", str(unreadable))
    return render(request, "masterplan/importing/start.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@may_import
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    if draft.result is not None:
        return redirect("import_done", pk)
    table = table_of_draft(draft)
    form = MappingForm(request.POST or None, table=table, mapping=tuple(draft.mapping))
    if request.method == "POST" and form.is_valid():
        map_columns(draft=draft, mapping=form.mapping, by=request.user)
        return redirect("import_preview", pk)
    columns = [
        {
            "field": field,
            "examples": [text for row in table.rows[:EXAMPLES] if (text := shown(row.cells[index]))],
            "skipped": not (form.data.get(field.html_name) if form.is_bound else draft.mapping[index]),
        }
        for index, field in enumerate(form)
    ]
    context = {"draft": draft, "form": form, "columns": columns, "source": table.source, "rows": len(table.rows)}
    return render(request, "masterplan/importing/mapping.html", context, status=422 if form.errors else 200)


@require_GET
@may_import
def show_preview(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    if draft.result is not None:
        return redirect("import_done", pk)
    if faults(draft.mapping):
        return redirect("import_mapping", pk)
    plan = preview(draft=draft, by=request.user, now=timezone.now())
    return _preview_page(request, draft, plan, TakeOverForm(None, plan=plan, stamp=stamp_of(draft)))


@require_http_methods(["GET", "POST"])
@may_import
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Links of a page that answered a refused form lead here with GET; they belong to the preview."""
    if request.method == "GET":
        return redirect(f"{reverse('import_preview', args=[pk])}?{request.GET.urlencode()}")
    draft = _draft(request, pk)
    if draft.result is not None:
        return redirect("import_done", pk)
    if faults(draft.mapping):
        return redirect("import_mapping", pk)
    now = timezone.now()
    plan = plan_of(draft, by=request.user, now=now)
    form = TakeOverForm(request.POST, plan=plan, stamp=stamp_of(draft))
    if plan.errors or not form.is_valid():
        return _preview_page(request, draft, plan, form, status=422)
    cleaned = form.cleaned_data
    try:
        take_over(draft_id=pk, stamp=cleaned["stamp"], reason=cleaned.get("reason", ""), by=request.user, now=now)
    except PreviewOvertaken as refused:
        return _renewed_preview(request, draft, refused.measures)
    except (ListHasErrors, ImportReasonMissing):
        return _renewed_preview(request, draft, ())
    return redirect("import_done", pk)


def _renewed_preview(request: HttpRequest, draft: ImportDraft, overtaken: tuple[Overtaken, ...]) -> HttpResponse:
    plan = preview(draft=draft, by=request.user, now=timezone.now())
    form = TakeOverForm(None, plan=plan, stamp=stamp_of(draft))
    return _preview_page(request, draft, plan, form, overtaken=overtaken, status=409)


@require_GET
@may_import
def done(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    if draft.result is None:
        return redirect("import_preview", pk)
    query = [("sichtbarkeit", Visibility.INTERNAL.value), *(("feld", code) for code in draft.result["codes"])]
    measures = f"{reverse('import_start').removesuffix('einlesen/')}massnahmen/?{urlencode(query)}"
    context = {"draft": draft, "result": draft.result, "measures_url": measures}
    return render(request, "masterplan/importing/done.html", context)


def _preview_page(
    request: HttpRequest,
    draft: ImportDraft,
    plan: ImportPlan,
    form: TakeOverForm,
    *,
    overtaken: tuple[Overtaken, ...] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = preview_context(plan, show=request.GET.get("zeigen", ""), page=request.GET.get("page", "1"))
    context |= {"draft": draft, "form": form, "overtaken": overtaken}
    return render(request, "masterplan/importing/preview.html", context, status=status)


@require_GET
@permission_required(Perm.READ_INTERNAL_MEASURES, raise_exception=True)
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """All measures that the user may see, to be edited and read in again."""
    if kind == "csv":
        return _file(
            csv_file(request.user), f"massnahmen-{timezone.localdate():%Y-%m-%d}.csv", "text/csv; charset=utf-8"
        )
    try:
        return _file(xlsx_file(request.user), f"massnahmen-{timezone.localdate():%Y-%m-%d}.xlsx", XLSX)
    except TextTooLongForWorkbook:
        context = {"csv_url": reverse("measures_export", args=["csv"])}
        return render(request, "masterplan/importing/too_long.html", context, status=409)


@require_GET
@may_import
def example(request: HttpRequest) -> HttpResponse:
    return _file(example_file(), "beispiel-massnahmen.xlsx", XLSX)


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)
