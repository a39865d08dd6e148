"""The state of a measure: a whole status update, and its milestones one by one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import Perm
from ground.history import StaleRow
from ground.overtaken import taken_over
from masterplan.change import CONTROLLED
from masterplan.conflicts import compare
from masterplan.consequences import consequences
from masterplan.derived import Yardstick, verdict_now
from masterplan.forms.status import StatusForm
from masterplan.hints import hints
from masterplan.knock_on import Consequence
from masterplan.models import Measure
from masterplan.profile import promises_of
from masterplan.refusals import REFUSED, sentences
from masterplan.updating import NewState, report
from masterplan.views.access import editable_measure, inside, not_seen, shown_measure
from masterplan.views.measure import frame_of


@inside
def measure_status(request: HttpRequest, number: str) -> HttpResponse:
    user: Any = request.user
    if request.method != "POST" and not user.has_perm(Perm.EDIT_MEASURES):
        shown_measure(request, number)
        return redirect("measure_edit", number)
    measure = editable_measure(request, number, "merged_into")
    if request.method != "POST":
        return _show(request, measure, _form(None, measure))
    form = _form(taken_over(request.POST, _form(None, measure)), measure)
    if not form.is_valid():
        return _show(request, measure, form)
    sent = form.cleaned_data
    found = hints(
        measure, form.values(), reason=sent["reason"], sentence=sent["public_sentence"], today=timezone.localdate()
    )
    if not_seen(request.POST, found):
        return _show(request, measure, form, hints=found)
    try:
        update = report(_state(measure, form), by=user)
    except StaleRow as stale:
        return _show_both(request, form, stale)
    except REFUSED as refused:
        for field, sentence in sentences(refused).items():
            form.add_error(field if field in form.fields else None, sentence)
        return _show(request, measure, form)
    said = "Statusmeldung gespeichert." if update else "Nichts hat sich geändert, es gibt keine neue Statusmeldung."
    messages.success(request, f"{number}: {said}")
    return redirect("measure_status", number)


@inside
def measure_status_consequences(request: HttpRequest, number: str) -> HttpResponse:
    measure = editable_measure(request, number)
    form = _form(request.GET, measure)
    form.is_valid()
    found = _consequences(request, measure, form)
    return render(request, "masterplan/consequences.html", {"consequences": found})


def _form(data: Any, measure: Measure) -> StatusForm:
    today, milestones = timezone.localdate(), list(measure.milestones.current())
    yardstick = Yardstick.of([measure.pk], today)
    verdict = verdict_now(measure, milestones, yardstick, today)
    return StatusForm(data, measure=measure, derived=bool(milestones), verdict=verdict, criteria=yardstick.criteria)


def _state(measure: Measure, form: StatusForm) -> NewState:
    sent = form.cleaned_data
    return NewState(
        measure_id=measure.pk,
        values=form.values(),
        correction=bool(sent.get("correction")),
        expected_version=sent["version"],
        **form.said(),
    )


def _consequences(request: HttpRequest, measure: Measure, form: StatusForm) -> list[Consequence]:
    if not form.is_bound:
        return []
    sent = form.cleaned_data
    return consequences(
        measure,
        values={name: sent[name] for name in ("planned_start", "planned_end") if name in sent},
        correction=bool(sent.get("correction")),
        reader=request.user,
        now=timezone.now(),
    )


def _show(request: HttpRequest, measure: Measure, form: StatusForm, **more: Any) -> HttpResponse:
    context = frame_of(
        measure,
        "measure_status",
        form=form,
        promises=promises_of(measure),
        last=measure.updates.told().select_related("author").first(),
        consequences=_consequences(request, measure, form),
        **more,
    )
    return render(request, "masterplan/status.html", context)


def _show_both(request: HttpRequest, form: StatusForm, stale: StaleRow) -> HttpResponse:
    rows = Measure.objects.visible_to(request.user).select_related("field", "lead_unit", "merged_into")
    measure = get_object_or_404(rows, pk=stale.current.pk)
    both = compare(form, measure, CONTROLLED)
    data: Any = form.data
    data["version"] = str(measure.version)
    again = _form(data, measure)
    again.is_valid()
    return _show(request, measure, again, both=both)
