from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import Perm
from ground.history import StaleRow
from ground.overtaken import taken_over
from masterplan.conflicts import compare
from masterplan.consequences import consequences
from masterplan.forms.status import MilestoneForm, ReasonForm
from masterplan.knock_on import Consequence
from masterplan.models import Measure, Milestone
from masterplan.promised import end_moved, milestone_lines, promises_by_date, trend_of
from masterplan.refusals import REFUSED, sentences
from masterplan.scheduling import add_milestone, change_milestone, drop_milestone
from masterplan.views.access import editable_measure, inside, shown_measure
from masterplan.views.measure import frame_of

OVERTAKEN = "Jemand hat den Meilenstein gerade geändert. Prüfen Sie, ob er immer noch entfallen soll."
NAMES = ("title", "planned", "weight", "reached_on")


@inside
def measure_milestones(request: HttpRequest, number: str) -> HttpResponse:
    user: Any = request.user
    if request.method != "POST" and not user.has_perm(Perm.EDIT_MEASURES):
        shown_measure(request, number)
        return redirect("measure_edit", number)
    measure = editable_measure(request, number)
    form = MilestoneForm(request.POST if request.method == "POST" else None, measure=measure)
    if form.is_valid():
        sent = form.cleaned_data
        values = {name: sent[name] for name in ("title", "planned", "weight", "reason")}
        try:
            add_milestone(measure_id=measure.pk, by=user, **values)
        except REFUSED as refused:
            _explain(form, refused)
        else:
            messages.success(request, f"Meilenstein „{sent['title']}“ hinzugefügt.")
            return redirect("measure_milestones", number)
    rows, promises = list(measure.milestones.current()), promises_by_date(measure)
    context = frame_of(
        measure,
        "measure_milestones",
        form=form,
        milestones=milestone_lines(rows, promises),
        trend=trend_of(measure, rows, promises, timezone.localdate()),
        end_moved=end_moved(measure),
    )
    return render(request, "masterplan/milestones.html", context)


@inside
def milestone_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    measure = editable_measure(request, number)
    milestone = get_object_or_404(measure.milestones.current(), pk=pk)
    if request.method != "POST":
        return _show(request, measure, milestone, _form(None, measure, milestone))
    form = _form(taken_over(request.POST, _form(None, measure, milestone)), measure, milestone)
    if not form.is_valid():
        return _show(request, measure, milestone, form)
    sent = form.cleaned_data
    try:
        change_milestone(
            milestone_id=pk,
            title=sent["title"],
            weight=sent["weight"],
            dates={"planned": sent["planned"], "reached_on": sent["reached_on"]},
            reason=sent["reason"],
            correction=bool(sent.get("correction")),
            expected_version=sent["version"],
            by=request.user,
        )
    except StaleRow:
        return _show_both(request, measure, form, pk)
    except REFUSED as refused:
        _explain(form, refused)
        return _show(request, measure, milestone, form)
    messages.success(request, f"Meilenstein „{sent['title']}“ gespeichert.")
    return redirect("measure_milestones", number)


@inside
def milestone_consequences(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """What follows from the dates in the form, before they are saved."""
    measure = editable_measure(request, number)
    milestone = get_object_or_404(measure.milestones.current(), pk=pk)
    form = _form(request.GET, measure, milestone)
    form.is_valid()
    found = _consequences(request, measure, milestone, form)
    return render(request, "masterplan/consequences.html", {"consequences": found})


def _consequences(
    request: HttpRequest, measure: Measure, milestone: Milestone, form: MilestoneForm
) -> list[Consequence]:
    if not form.is_bound:
        return []
    sent = form.cleaned_data
    return consequences(
        measure,
        values={},
        milestones={milestone.pk: {name: sent[name] for name in ("planned", "reached_on") if name in sent}},
        correction=bool(sent.get("correction")),
        reader=request.user,
        now=timezone.now(),
    )


@inside
def milestone_drop(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    measure = editable_measure(request, number)
    milestone = get_object_or_404(measure.milestones.current(), pk=pk)
    initial = {"version": milestone.version}
    form = ReasonForm(request.POST if request.method == "POST" else None, needed=measure.is_committed, initial=initial)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            drop_milestone(
                milestone_id=pk, expected_version=sent["version"], reason=sent.get("reason", ""), by=request.user
            )
        except StaleRow:
            messages.warning(request, OVERTAKEN)
            return redirect("milestone_drop", number, pk)
        messages.success(request, f"Meilenstein „{milestone.title}“ entfällt. Was zugesagt war, bleibt sichtbar.")
        return redirect("measure_milestones", number)
    return render(
        request,
        "masterplan/milestone_drop.html",
        frame_of(measure, "measure_milestones", form=form, milestone=milestone),
    )


def _form(data: Any, measure: Measure, milestone: Milestone) -> MilestoneForm:
    initial = {name: getattr(milestone, name) for name in (*NAMES, "version", "first_promised")}
    return MilestoneForm(data, measure=measure, initial=initial)


def _show(
    request: HttpRequest, measure: Measure, milestone: Milestone, form: MilestoneForm, **more: Any
) -> HttpResponse:
    found = _consequences(request, measure, milestone, form)
    context = frame_of(measure, "measure_milestones", form=form, milestone=milestone, consequences=found, **more)
    return render(request, "masterplan/milestone.html", context)


def _show_both(request: HttpRequest, measure: Measure, form: MilestoneForm, pk: int) -> HttpResponse:
    milestone = Milestone.objects.get(pk=pk)
    both = compare(form, milestone, NAMES)
    data: Any = form.data
    data["version"] = str(milestone.version)
    again = _form(data, measure, milestone)
    again.is_valid()
    return _show(request, measure, milestone, again, both=both)


def _explain(form: MilestoneForm, refused: Exception) -> None:
    for field, sentence in sentences(refused).items():
        form.add_error(field if field in form.fields else None, sentence)
