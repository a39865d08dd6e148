"""The history of a measure, and the way back to any earlier value."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import Perm, require
from ground.formats import moment as moment_words
from ground.history import StaleRow
from masterplan.change import CONTROLLED, MILESTONE_DATES
from masterplan.chronicle import MILESTONE_FIELDS, RESTORABLE, chronicle, label, words
from masterplan.forms.status import ReasonForm
from masterplan.models import Measure, Milestone
from masterplan.planning import SETS
from masterplan.profile import notes_shown
from masterplan.refusals import REFUSED, sentences
from masterplan.restoring import CannotRestore, earlier_values, restore, restore_milestone, restored_with, set_in
from masterplan.views.access import editable_measure, inside, shown_measure
from masterplan.views.measure import frame_of

PER_PAGE = 25
OVERTAKEN = "Seit Sie diese Seite geöffnet haben, hat jemand anderes gespeichert. Hier steht jetzt der neue Stand."


@inside
def measure_history(request: HttpRequest, number: str) -> HttpResponse:
    measure = shown_measure(request, number)
    require(request.user, Perm.READ_HISTORY)
    user: Any = request.user
    moments = chronicle(measure, reader=user, notes=notes_shown(measure, user))
    page = Paginator(moments, PER_PAGE).get_page(request.GET.get("page"))
    entries = [(moment_words(one.when), one) for one in page.object_list]
    may_edit = user.has_perm(Perm.EDIT_MEASURES)
    return render(
        request,
        "masterplan/history.html",
        frame_of(measure, "measure_history", page=page, entries=entries, may_edit=may_edit),
    )


@inside
def measure_restore(request: HttpRequest, number: str, history_id: int, name: str) -> HttpResponse:
    measure = editable_measure(request, number)
    if name not in RESTORABLE:
        raise Http404
    earlier = get_object_or_404(Measure.history.filter(id=measure.pk), history_id=history_id)
    try:
        earlier_values(earlier, name)
    except CannotRestore as refused:
        messages.error(request, str(refused))
        return redirect("measure_history", number)
    shown = [_words(measure, measure, name), _words(measure, earlier, name)]
    shown[1] += "".join(f", {label(one)}: {words(Measure, earlier, one)}" for one in restored_with(earlier, name))
    needed = name in CONTROLLED and measure.is_committed
    form = ReasonForm(
        request.POST if request.method == "POST" else None, needed=needed, initial={"version": measure.version}
    )
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        step = partial(restore, measure_id=measure.pk, history_id=history_id, field=name, by=request.user)
        if _done(request, form, partial(step, reason=sent.get("reason", ""), expected_version=sent["version"])):
            messages.success(request, f"{label(name)} ist wiederhergestellt: {shown[1]}.")
            return redirect("measure_history", number)
    return _confirm(request, measure, form, label(name), shown, moment_words(earlier.history_date))


@inside
def milestone_restore(request: HttpRequest, number: str, history_id: int, name: str) -> HttpResponse:
    measure = editable_measure(request, number)
    if name not in MILESTONE_FIELDS:
        raise Http404
    earlier: Any = get_object_or_404(Milestone.history.filter(measure_id=measure.pk), history_id=history_id)
    milestone = get_object_or_404(measure.milestones.current(), pk=earlier.id)
    shown = [words(Milestone, milestone, name), words(Milestone, earlier, name)]
    needed = measure.is_committed and name in (*MILESTONE_DATES, "weight")
    form = ReasonForm(
        request.POST if request.method == "POST" else None, needed=needed, initial={"version": milestone.version}
    )
    what = f"Meilenstein „{milestone.title}“, {label(name, Milestone)}"
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        step: Any = partial(
            restore_milestone, milestone_id=milestone.pk, history_id=history_id, field=name, by=request.user
        )
        if _done(request, form, partial(step, reason=sent.get("reason", ""), expected_version=sent["version"])):
            messages.success(request, f"{what} ist wiederhergestellt: {shown[1]}.")
            return redirect("measure_history", number)
    return _confirm(request, measure, form, what, shown, moment_words(earlier.history_date))


def _done(request: HttpRequest, form: ReasonForm, step: Callable[[], object]) -> bool:
    try:
        step()
    except StaleRow as stale:
        messages.warning(request, OVERTAKEN)
        form.data = {**form.data, "version": stale.current.version}
        return False
    except REFUSED as refused:
        for sentence in sentences(refused).values():
            form.add_error(None, sentence)
        return False
    return True


def _words(measure: Measure, row: Any, name: str) -> str:
    if name not in SETS:
        return words(Measure, row, name)
    rows = list(getattr(measure, name).all()) if row is measure else set_in(row, name)
    return ", ".join(sorted(str(one) for one in rows)) or "–"


def _confirm(
    request: HttpRequest, measure: Measure, form: ReasonForm, what: str, shown: list[str], when: str
) -> HttpResponse:
    now, then = shown
    context = frame_of(measure, "measure_history", form=form, what=what, now=now, then=then, when=when)
    return render(request, "masterplan/restore.html", context)
