"""Import in the browser: upload, meaning of the columns, preview, taking over, result."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import Perm
from ground.formats import moment
from masterplan.exporting import TextTooLongForWorkbook, csv_file, example_file, xlsx_file
from masterplan.forms.importing import MappingForm, TakeOverForm, UploadForm
from masterplan.forms.unknown_words import UnknownWordsForm
from masterplan.importing.applying import ImportReasonMissing, ListHasErrors, PreviewOvertaken
from masterplan.importing.cells import shown
from masterplan.importing.drafts import (
    map_columns,
    map_words,
    plan_of,
    preview,
    stamp_of,
    table_of_draft,
    take_over,
    upload,
)
from masterplan.importing.mapping import faults
from masterplan.importing.plan import ImportPlan
from masterplan.importing.table import UnreadableFile
from masterplan.models import ImportDraft, Visibility
from masterplan.views.import_preview import preview_context

may_import = permission_required(Perm.IMPORT_MEASURES, raise_exception=True)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXAMPLES = 3


type View = Callable[[HttpRequest, ImportDraft], HttpResponse]


def of_own_draft(view: View) -> Callable[[HttpRequest, int], HttpResponse]:
    """Gives the view the draft; where it is no more, or goes while the view works, a page says what became of it."""

    @wraps(view)
    def found(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return view(request, ImportDraft.objects.own(request.user, timezone.now()).get(pk=pk))
        except ImportDraft.DoesNotExist:
            return _gone(request, pk)

    return found


def _gone(request: HttpRequest, pk: int) -> HttpResponse:
    newest = ImportDraft.objects.own(request.user, timezone.now()).order_by("-pk").first()
    newer = newest if newest and newest.pk > pk else None
    context = {"newer": newer, "when": moment(newer.created_at) if newer else ""}
    return render(request, "masterplan/importing/gone.html", context, status=404)


def _taken_over(request: HttpRequest, draft: ImportDraft) -> HttpResponse:
    messages.info(request, "Diese Liste ist schon übernommen. Es wurde nichts ein zweites Mal gespeichert.")
    return redirect("import_done", draft.pk)


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
@of_own_draft
def mapping(request: HttpRequest, draft: ImportDraft) -> HttpResponse:
    if draft.result is not None:
        return _taken_over(request, draft)
    table = table_of_draft(draft)
    form = MappingForm(request.POST or None, table=table, mapping=tuple(draft.mapping))
    if request.method == "POST" and form.is_valid():
        map_columns(draft=draft, mapping=form.mapping, by=request.user)
        return redirect("import_preview", draft.pk)
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
@of_own_draft
def show_preview(request: HttpRequest, draft: ImportDraft) -> HttpResponse:
    if draft.result is not None:
        return _taken_over(request, draft)
    if faults(draft.mapping):
        return redirect("import_mapping", draft.pk)
    plan = preview(draft=draft, by=request.user, now=timezone.now())
    return _preview_page(request, draft, plan, TakeOverForm(None, plan=plan, stamp=stamp_of(draft)))


@require_http_methods(["GET", "POST"])
@may_import
@of_own_draft
def apply(request: HttpRequest, draft: ImportDraft) -> HttpResponse:
    """Links of a page that answered a refused form lead here with GET; they belong to the preview."""
    if request.method == "GET":
        return redirect(f"{reverse('import_preview', args=[draft.pk])}?{request.GET.urlencode()}")
    if draft.result is not None:
        return _taken_over(request, draft)
    if faults(draft.mapping):
        return redirect("import_mapping", draft.pk)
    now = timezone.now()
    plan = plan_of(draft, by=request.user, now=now)
    words = UnknownWordsForm(request.POST, plan=plan, meanings=draft.meanings)
    if words.is_valid() and words.meanings() != draft.meanings:
        map_words(draft=draft, meanings=words.meanings(), by=request.user)
        return _renewed_preview(request, draft, understood=True)
    form = TakeOverForm(request.POST, plan=plan, stamp=stamp_of(draft))
    if plan.errors or not (words.is_valid() and form.is_valid()):
        return _preview_page(request, draft, plan, form, words=words, status=422)
    cleaned = form.cleaned_data
    try:
        take_over(draft_id=draft.pk, stamp=cleaned["stamp"], reason=cleaned.get("reason", ""), by=request.user, now=now)
    except PreviewOvertaken as refused:
        return _renewed_preview(request, draft, overtaken=refused.measures, status=409)
    except (ListHasErrors, ImportReasonMissing):
        return _renewed_preview(request, draft, overtaken=(), status=409)
    return redirect("import_done", draft.pk)


def _renewed_preview(request: HttpRequest, draft: ImportDraft, *, status: int = 200, **told: Any) -> HttpResponse:
    """Of the list as it would be taken over now; a reason that was written stays."""
    plan = preview(draft=draft, by=request.user, now=timezone.now())
    form = TakeOverForm(None, plan=plan, stamp=stamp_of(draft), reason=request.POST.get("reason", ""))
    return _preview_page(request, draft, plan, form, status=status, **told)


@require_GET
@may_import
@of_own_draft
def done(request: HttpRequest, draft: ImportDraft) -> HttpResponse:
    if draft.result is None:
        return redirect("import_preview", draft.pk)
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
    words: UnknownWordsForm | None = None,
    status: int = 200,
    **told: Any,
) -> HttpResponse:
    words = words or UnknownWordsForm(plan=plan, meanings=draft.meanings)
    context = preview_context(plan, show=request.GET.get("zeigen", ""), page=request.GET.get("page", "1"))
    context |= {"draft": draft, "form": form, "words": words, **told}
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
