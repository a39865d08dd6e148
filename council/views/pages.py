"""One page for every row that the Ratsbüro keeps: shown, checked under lock, saved."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from accounts.access import Perm
from accounts.doors import needs
from council import sitting
from council.forms import SittingForm

reads = needs(Perm.READ_MEETINGS)
keeps = needs(Perm.EDIT_MEETINGS)


def add_page(
    request: HttpRequest, form: SittingForm, heading: str, trail: list[tuple[str, str]], then: Callable[[Any], str]
) -> HttpResponse:
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, heading, trail)
    try:
        row = sitting.enter(row=form.save(commit=False), by=request.user)
    except sitting.Contradicts as refused:
        form.add_error(None, refused.sentences)
        return _page(request, form, heading, trail)
    messages.success(request, f"Eingetragen: {row}.")
    return HttpResponseRedirect(then(row))


@transaction.atomic
def edit_page(
    request: HttpRequest,
    form_class: type[SittingForm],
    pk: int,
    trail: Callable[[Any], list[tuple[str, str]]],
    then: Callable[[Any], str],
) -> HttpResponse:
    model = form_class._meta.model
    rows = model._base_manager.select_for_update() if request.method == "POST" else model._base_manager.all()
    row: Any = get_object_or_404(rows, pk=pk)
    form = form_class(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid() and _saved(form, by=request.user):
        messages.success(request, "Gespeichert.")
        return HttpResponseRedirect(then(row))
    before = model._base_manager.get(pk=pk)
    return _page(request, form, f"{before} bearbeiten", trail(before))


def _saved(form: SittingForm, *, by: Any) -> bool:
    reason = form.cleaned_data.get("reason", "")
    try:
        sitting.amend(row=form.save(commit=False), changed=form.changed_words(), reason=reason, by=by)
    except sitting.Contradicts as refused:
        form.add_error(None, refused.sentences)
        return False
    return True


def _page(request: HttpRequest, form: SittingForm, heading: str, trail: list[tuple[str, str]]) -> HttpResponse:
    context = {"form": form, "heading": heading, "trail": trail, "back": trail[-1][1]}
    return render(request, "council/form.html", context, status=422 if form.errors else 200)
