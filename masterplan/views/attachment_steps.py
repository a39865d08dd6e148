"""Single steps with what is attached to a measure: order, withdrawing and bringing back, removing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from ground.history import StaleRow
from masterplan.attaching import (
    IsWithdrawn,
    ReasonForWithdrawalMissing,
    WasPublic,
    may_remove,
    move_attachment,
    remove_attachment,
    restore_attachment,
    withdraw_attachment,
)
from masterplan.forms.said import NOT_PUBLIC
from masterplan.forms.status import ReasonForm
from masterplan.models import Attachment, Measure
from masterplan.views.access import editable_measure, inside, shown_measure
from masterplan.views.attachments import frame

OVERTAKEN = "Jemand hat es gerade geändert. Prüfen Sie, was jetzt dasteht, und entscheiden Sie noch einmal."
WAS_PUBLIC = "„{}“ war schon öffentlich und wird nicht gelöscht. Sie können es zurückziehen."


@inside
@require_POST
def attachment_move(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    measure = editable_measure(request, number)
    one = get_object_or_404(measure.attachments.current(), pk=pk)
    move_attachment(attachment_id=one.pk, up=request.POST.get("step") == "up", by=request.user)
    return redirect("measure_attachments", number)


@inside
@require_POST
def attachment_restore(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    measure = editable_measure(request, number)
    one = get_object_or_404(measure.attachments, pk=pk)
    restore_attachment(attachment_id=one.pk, by=request.user)
    messages.success(request, f"„{one.title}“ ist wieder da und intern. Öffentlich wird es unter „Ändern“.")
    return redirect("measure_attachments", number)


@inside
def attachment_withdraw(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    measure = editable_measure(request, number)
    one = get_object_or_404(measure.attachments.current().exclude(published_at=None), pk=pk)
    form = _confirmed(request, one, needed=one.public and measure.is_public)
    if not (request.method == "POST" and form.is_valid()):
        return _ask(request, measure, one, form, "masterplan/attachment_withdraw.html")
    sent = form.cleaned_data
    try:
        withdraw_attachment(
            attachment_id=pk, expected_version=sent["version"], reason=sent.get("reason", ""), by=request.user
        )
    except (StaleRow, IsWithdrawn, ReasonForWithdrawalMissing):
        messages.warning(request, OVERTAKEN)
        return redirect("measure_attachments", number)
    messages.success(request, f"„{one.title}“ ist zurückgezogen. Sie können es wiederherstellen.")
    return redirect("measure_attachments", number)


@inside
def attachment_remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    measure = shown_measure(request, number)
    one = get_object_or_404(measure.attachments.current(), pk=pk)
    if one.is_kept:
        messages.error(request, WAS_PUBLIC.format(one.title))
        return redirect("measure_attachments", number)
    if not may_remove(one, request.user):
        raise PermissionDenied
    form = _confirmed(request, one, needed=False)
    if not (request.method == "POST" and form.is_valid()):
        return _ask(request, measure, one, form, "masterplan/attachment_remove.html")
    try:
        remove_attachment(attachment_id=pk, expected_version=form.cleaned_data["version"], by=request.user)
    except StaleRow:
        messages.warning(request, OVERTAKEN)
    except WasPublic:
        messages.error(request, WAS_PUBLIC.format(one.title))
    else:
        messages.success(request, f"„{one.title}“ ist gelöscht.")
    return redirect("measure_attachments", number)


def _confirmed(request: HttpRequest, one: Attachment, *, needed: bool) -> ReasonForm:
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data, needed=needed, initial={"version": one.version})
    if needed:
        form.fields["reason"].help_text = NOT_PUBLIC
    return form


def _ask(request: HttpRequest, measure: Measure, one: Attachment, form: Any, template: str) -> HttpResponse:
    return render(request, template, frame(request, measure, form=form, attachment=one))
