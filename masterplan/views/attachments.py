"""Files and links of a measure: list, adding, changing, and the files themselves for who sees the measure."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.access import Perm
from ground.history import StaleRow
from ground.overtaken import compare, taken_over
from ground.serving import stored_file
from masterplan.attaching import (
    IsWithdrawn,
    ReasonForWithdrawalMissing,
    add_files,
    add_link,
    edit_attachment,
    may_attach,
)
from masterplan.attachment_rows import rows_of
from masterplan.forms.attachments import AttachmentForm, FilesForm, LinkForm, properties_name
from masterplan.models import Attachment, Measure
from masterplan.views.access import editable_measure, inside, shown_measure
from masterplan.views.measure import frame_of

REASON_MISSING = "Nennen Sie einen Grund: Alle können es bisher sehen."


@inside
@require_safe
def measure_attachments(request: HttpRequest, number: str) -> HttpResponse:
    user: Any = request.user
    measure = shown_measure(request, number)
    rows = rows_of(measure)
    may_edit = user.has_perm(Perm.EDIT_MEASURES)
    context = {
        "rows": [row for row in rows if not row.withdrawn],
        "withdrawn": [row for row in rows if row.withdrawn] if may_edit else [],
        "may_edit": may_edit,
        "may_add": may_attach(measure, user),
        "reader": user.pk,
    }
    return render(request, "masterplan/attachments.html", frame(request, measure, **context))


@inside
def measure_files_add(request: HttpRequest, number: str) -> HttpResponse:
    measure, may_publish = _attachable(request, number)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FilesForm(*data, may_publish=may_publish)
    if not form.is_valid():
        return _show_add(request, measure, form, "Dateien hinzufügen")
    wanted, persons = bool(form.cleaned_data.get("public")), form.persons()
    public = wanted and not persons
    rows = add_files(measure_id=measure.pk, files=form.titled(), public=public, by=request.user)
    if wanted and persons:
        for name, found in persons.items():
            messages.warning(request, f"„{name}“ ist gespeichert und noch intern. {properties_name(found)}")
        return redirect("attachment_edit", number, rows[0].pk) if len(rows) == 1 else _back(number)
    told = f"„{rows[0].title}“ ist" if len(rows) == 1 else f"{len(rows)} Dateien sind"
    messages.success(request, f"{told} hinzugefügt und {'öffentlich' if public else 'intern'}.")
    return _back(number)


@inside
def measure_link_add(request: HttpRequest, number: str) -> HttpResponse:
    measure, may_publish = _attachable(request, number)
    form = LinkForm(request.POST if request.method == "POST" else None, may_publish=may_publish)
    if not form.is_valid():
        return _show_add(request, measure, form, "Link hinzufügen")
    sent = form.cleaned_data
    public = bool(sent.get("public"))
    add_link(measure_id=measure.pk, title=sent["title"], url=sent["url"], public=public, by=request.user)
    messages.success(request, f"„{sent['title']}“ ist hinzugefügt und {'öffentlich' if public else 'intern'}.")
    return _back(number)


def _attachable(request: HttpRequest, number: str) -> tuple[Measure, bool]:
    """The measure, and whether what is added to it may be public at once."""
    measure = shown_measure(request, number)
    if not may_attach(measure, request.user):
        raise PermissionDenied
    return measure, bool(request.user.has_perm(Perm.EDIT_MEASURES))


def _show_add(request: HttpRequest, measure: Measure, form: Any, heading: str) -> HttpResponse:
    context = frame(request, measure, form=form, heading=heading)
    return render(request, "masterplan/attachment_add.html", context, status=422 if form.is_bound else 200)


@inside
def attachment_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    measure = editable_measure(request, number)
    one = get_object_or_404(measure.attachments.current().select_related("document"), pk=pk)
    if request.method != "POST":
        return _show(request, measure, AttachmentForm(attachment=one))
    form = AttachmentForm(taken_over(request.POST, AttachmentForm(attachment=one)), attachment=one)
    if not form.is_valid():
        return _show(request, measure, form)
    sent = form.cleaned_data
    values = {"title": sent["title"], "url": sent.get("url", ""), "public": sent["public"]}
    try:
        edit_attachment(
            attachment_id=pk,
            **values,
            reason=sent.get("reason", ""),
            expected_version=sent["version"],
            by=request.user,
        )
    except StaleRow:
        return _show_both(request, measure, form)
    except ReasonForWithdrawalMissing:
        form.add_error("reason" if "reason" in form.fields else None, REASON_MISSING)
        return _show(request, measure, form)
    except IsWithdrawn as gone:
        raise Http404 from gone
    messages.success(request, f"„{sent['title']}“ gespeichert, {'öffentlich' if sent['public'] else 'intern'}.")
    return _back(number)


@inside
@require_safe
def attachment_file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """For who sees the measure today; kept by no cache."""
    seen = Attachment.objects.visible_to(request.user).filter(measure__number=number, document__isnull=False)
    one = get_object_or_404(seen.select_related("document"), pk=pk)
    if one.document is None:
        raise Http404
    kept = one.document
    response = stored_file(name=kept.name, media_type=kept.media_type, content=bytes(kept.content))
    response["Cache-Control"] = "private, no-store"
    return response


def frame(request: HttpRequest, measure: Measure, **more: Any) -> dict[str, Any]:
    """Readers have fewer tabs than who edits."""
    may_edit = request.user.has_perm(Perm.EDIT_MEASURES)
    return frame_of(measure, "measure_attachments", **{"may_edit": may_edit, **more})


def _show(request: HttpRequest, measure: Measure, form: AttachmentForm, **more: Any) -> HttpResponse:
    context = frame(request, measure, form=form, attachment=form.attachment, **more)
    return render(request, "masterplan/attachment.html", context, status=422 if form.errors else 200)


def _show_both(request: HttpRequest, measure: Measure, form: AttachmentForm) -> HttpResponse:
    current = measure.attachments.select_related("document").get(pk=form.attachment.pk)
    both = compare(form, current, ("title", "url", "public"))
    data: Any = form.data
    data["version"] = str(current.version)
    return _show(request, measure, AttachmentForm(data, attachment=current), both=both)


def _back(number: str) -> HttpResponse:
    return redirect("measure_attachments", number)
