"""Strategy, goals and fields of action in the workspace; who may not edit reads the drafts."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import Perm, require
from accounts.doors import needs
from ground.formats import moment as moment_words
from ground.history import StaleRow, Tracked
from ground.overtaken import compare, taken_over
from ground.richtext import richtext
from strategy import editing
from strategy.adding import add_fields
from strategy.chronicle import chronicle
from strategy.comparing import differences
from strategy.forms import FieldForm, GoalForm, NewFieldForm, StrategyForm, VersionedForm
from strategy.models import FieldOfAction, Goal, Strategy, StrategyState

edits = needs(Perm.EDIT_STRATEGY)
PER_PAGE = 25
IN_FORCE = "Die geltende Strategie bekommt keine anderen Ziele. Legen Sie einen Entwurf an und setzen Sie ihn in Kraft."
SUPERSEDED = "Eine abgelöste Strategie bleibt, wie sie war. Legen Sie einen neuen Entwurf an."


@needs(Perm.READ_DRAFT_STRATEGY)
def strategy_edit(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    strategies = list(Strategy.objects.prefetch_related("goals"))
    in_force = [one for one in strategies if one.state == StrategyState.IN_FORCE]
    context = {
        "drafts": [
            (one, richtext(one.vision), differences(one, in_force[0]) if in_force else [])
            for one in strategies
            if one.state == StrategyState.DRAFT
        ],
        "in_force": [(one, richtext(one.vision)) for one in in_force],
        "older": [one for one in strategies if one.state == StrategyState.SUPERSEDED],
        "fields": FieldOfAction.objects.current(),
        "may_edit": user.has_perm(Perm.EDIT_STRATEGY),
        "may_read_history": user.has_perm(Perm.READ_HISTORY),
    }
    return render(request, "strategy/overview.html", context)


@needs(Perm.READ_DRAFT_STRATEGY)
def strategy_history(request: HttpRequest) -> HttpResponse:
    require(request.user, Perm.READ_HISTORY)
    user: Any = request.user
    page = Paginator(chronicle(), PER_PAGE).get_page(request.GET.get("page"))
    entries = [(moment_words(one.when), one) for one in page.object_list]
    context = {"page": page, "entries": entries, "may_edit": user.has_perm(Perm.EDIT_STRATEGY)}
    return render(request, "strategy/history.html", context)


@edits
def strategy_add(request: HttpRequest) -> HttpResponse:
    in_force = Strategy.objects.in_force().first()
    form = StrategyForm(
        _sent(request), initial={"title": in_force.title, "vision": in_force.vision} if in_force else None
    )
    if not form.is_valid():
        return _page(request, form, "Entwurf anlegen", "Entwurf anlegen", begins_from=in_force)
    editing.draft_strategy(**form.values(), by=request.user)
    messages.success(request, "Der Entwurf ist angelegt. Nur die Verwaltung sieht ihn, bis Sie ihn in Kraft setzen.")
    return redirect("strategy_edit")


@edits
def strategy_text(request: HttpRequest, pk: int) -> HttpResponse:
    strategy = get_object_or_404(Strategy, pk=pk)
    save = partial(editing.edit_strategy, strategy_id=pk, by=request.user)
    return _edit(request, strategy, StrategyForm, save, "Strategie bearbeiten", "Strategie speichern")


@edits
def goal_add(request: HttpRequest, pk: int) -> HttpResponse:
    strategy = get_object_or_404(Strategy, pk=pk)
    form = GoalForm(_sent(request))
    if not form.is_valid():
        return _page(request, form, f"Ziel zu „{strategy.title}“", "Ziel hinzufügen")
    try:
        editing.add_goal(strategy_id=pk, **form.values(), by=request.user)
    except (editing.Superseded, editing.NotADraft) as refused:
        messages.error(request, SUPERSEDED if isinstance(refused, editing.Superseded) else IN_FORCE)
    return redirect("strategy_edit")


@edits
def goal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    goal = get_object_or_404(Goal, pk=pk)
    save = partial(editing.edit_goal, goal_id=pk, by=request.user)
    return _edit(request, goal, GoalForm, save, "Ziel bearbeiten", "Ziel speichern")


@edits
@require_POST
def goal_move(request: HttpRequest, pk: int) -> HttpResponse:
    goal = get_object_or_404(Goal, pk=pk)
    try:
        editing.move_goal(goal_id=goal.pk, up=request.POST.get("step") == "up", by=request.user)
    except (editing.Superseded, editing.NotADraft) as refused:
        messages.error(request, SUPERSEDED if isinstance(refused, editing.Superseded) else IN_FORCE)
    return redirect("strategy_edit")


@edits
def goal_remove(request: HttpRequest, pk: int) -> HttpResponse:
    goal = get_object_or_404(Goal, pk=pk)
    if request.method != "POST":
        return render(request, "strategy/goal_remove.html", {"goal": goal})
    try:
        editing.remove_goal(goal_id=pk, by=request.user)
    except editing.GoalInUse:
        messages.error(
            request, f"„{goal.title}“ bleibt: Maßnahmen dienen diesem Ziel, oder es ist schon veröffentlicht."
        )
    else:
        messages.success(request, f"Das Ziel „{goal.title}“ ist entfernt.")
    return redirect("strategy_edit")


@edits
def field_add(request: HttpRequest) -> HttpResponse:
    form = NewFieldForm(_sent(request))
    if not form.is_valid():
        return _page(request, form, "Handlungsfeld anlegen", "Handlungsfeld anlegen")
    (field,) = add_fields([FieldOfAction(**form.values())], by=request.user)
    messages.success(request, f"Das Handlungsfeld {field.code} ist angelegt.")
    return redirect("strategy_edit")


@edits
def field_edit(request: HttpRequest, pk: int) -> HttpResponse:
    field = get_object_or_404(FieldOfAction, pk=pk)
    save = partial(editing.edit_field, field_id=pk, by=request.user)
    return _edit(request, field, FieldForm, save, f"Handlungsfeld {field.code}", "Handlungsfeld speichern")


def _edit(
    request: HttpRequest,
    row: Tracked,
    form_class: type[VersionedForm],
    save: Callable[..., object],
    heading: str,
    label: str,
) -> HttpResponse:
    def form_of(data: Any, row: Tracked) -> VersionedForm:
        form = form_class(data, instance=row)
        strategy = getattr(row, "strategy", row)
        if isinstance(strategy, Strategy) and strategy.state == StrategyState.IN_FORCE:
            form.correct()
        return form

    if request.method != "POST":
        form = form_of(None, row)
        return _page(request, form, heading, label, earlier=_fill_in_earlier(form, request))
    form = form_of(taken_over(request.POST, form_class(instance=row)), row)
    if not form.is_valid():
        return _page(request, form, heading, label)
    told = {"reason": form.cleaned_data["reason"]} if "reason" in form.fields else {}
    try:
        save(values=form.values(), expected_version=form.cleaned_data["version"], **told)
    except StaleRow as stale:
        both = compare(form, stale.current, form.values())
        data: Any = form.data
        data["version"] = str(stale.current.version)
        return _page(request, form_of(data, stale.current), heading, label, both=both)
    except editing.Superseded:
        messages.error(request, SUPERSEDED)
    else:
        messages.success(request, "Gespeichert.")
    return redirect("strategy_edit")


def _fill_in_earlier(form: VersionedForm, request: HttpRequest) -> str:
    """Puts the text of an earlier version into the field that the address names; returns the sentence that says so."""
    name, wanted = request.GET.get("stelle", ""), request.GET.get("ab", "")
    history = type(form.instance).history
    if name not in (form._meta.fields or ()) or not (wanted.isdecimal() and len(wanted) < 10):
        return ""
    earlier = history.filter(id=form.instance.pk, history_id=wanted).first()
    if earlier is None:
        return ""
    form.initial[name] = getattr(earlier, name)
    when = moment_words(earlier.history_date)
    return f"Im Feld „{form.fields[name].label}“ steht der frühere Stand vom {when}. Gespeichert ist er noch nicht."


def _page(request: HttpRequest, form: Any, heading: str, label: str, **more: Any) -> HttpResponse:
    return render(request, "strategy/form.html", {"form": form, "heading": heading, "label": label, **more})


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
