"""One measure: adding it, its description, its visibility; read-only for those who may not edit."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import Perm, require
from accounts.officer import officer_on
from ground.history import StaleRow
from ground.overtaken import taken_over
from masterplan.conflicts import compare
from masterplan.forms.cells import CellForm
from masterplan.forms.measure import SECTIONS, AddForm, DescriptionForm
from masterplan.forms.status import ReasonForm
from masterplan.models import Measure, Visibility
from masterplan.planning import AlreadyCommitted, add_measure, delete_draft, edit_measure, is_draft
from masterplan.profile import notes_shown, profile, target_shown
from masterplan.promised import end_moved, promises_by_date, trend_of
from masterplan.publishing import set_visibility
from masterplan.refusals import REFUSED, sentences
from masterplan.trend import Trend
from masterplan.views.access import editable_measure, inside, shown_measure
from strategy.models import FieldOfAction

NAMES = [name for _, _, names in SECTIONS for name in names]


@inside
def measure_add(request: HttpRequest) -> HttpResponse:
    require(request.user, Perm.EDIT_MEASURES)
    form = AddForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        has_fields = FieldOfAction.objects.current().exists()
        return render(request, "masterplan/add.html", {"form": form, "has_fields": has_fields})
    field, values = form.cleaned_data.pop("field"), form.cleaned_data
    measure = add_measure(field=field, values=values, by=request.user)
    messages.success(request, f"{measure.number} ist angelegt und noch intern. Beschreiben Sie die Maßnahme jetzt.")
    return redirect("measure_edit", measure.number)


@inside
def measure_edit(request: HttpRequest, number: str) -> HttpResponse:
    user: Any = request.user
    if request.method != "POST" and not user.has_perm(Perm.EDIT_MEASURES):
        measure = shown_measure(request, number, "responsible", "deputy")
        notes = notes_shown(measure, user)
        words = profile(measure, notes=notes, target=target_shown(measure, user))
        own = Measure.objects.own(user).filter(pk=measure.pk).exists()
        today = timezone.localdate()
        told = {"own": own, "officer": officer_on(today) if own else None, "trend": _trend(measure, today)}
        return render(request, "masterplan/read.html", frame_of(measure, "", profile=words, notes=notes, **told))
    measure = editable_measure(request, number)
    if request.method != "POST":
        return _show(request, measure, DescriptionForm(instance=measure))
    form = DescriptionForm(taken_over(request.POST, DescriptionForm(instance=measure)), instance=measure)
    if not form.is_valid():
        return _show(request, measure, form)
    try:
        edit_measure(
            measure_id=measure.pk,
            values=form.values(),
            sets=form.sets(),
            expected_version=form.cleaned_data["version"],
            by=user,
        )
    except StaleRow as stale:
        return _show_both(request, form, stale)
    messages.success(request, f"{number}: Beschreibung gespeichert.")
    return redirect("measure_edit", number)


def _trend(measure: Measure, today: date) -> Trend | None:
    return trend_of(measure, list(measure.milestones.current()), promises_by_date(measure), today)


def _show(request: HttpRequest, measure: Measure, form: DescriptionForm, **more: Any) -> HttpResponse:
    context = frame_of(measure, "measure_edit", form=form, end_moved=end_moved(measure), **more)
    return render(request, "masterplan/edit.html", context)


def _show_both(request: HttpRequest, form: DescriptionForm, stale: StaleRow) -> HttpResponse:
    measure = Measure.objects.get(pk=stale.current.pk)
    both = compare(form, measure, NAMES)
    data: Any = form.data
    data["version"] = str(measure.version)
    again = DescriptionForm(data, instance=Measure.objects.get(pk=measure.pk))
    return _show(request, measure, again, both=both)


TABS = (
    ("measure_edit", "Beschreibung"),
    ("measure_status", "Stand und Termine"),
    ("measure_milestones", "Meilensteine"),
    ("measure_attachments", "Dokumente"),
    ("measure_risks", "Risiken und Abhängigkeiten"),
    ("measure_budget", "Haushalt"),
    ("measure_reporters", "Meldeberechtigt"),
    ("measure_visibility", "Sichtbarkeit"),
    ("measure_history", "Verlauf"),
)


def frame_of(measure: Measure, tab: str, **more: Any) -> dict[str, Any]:
    """What every page of a measure shows around its content."""
    return {
        "measure": measure,
        "status": measure.status,
        "visibility": Visibility(measure.visibility).label,
        "tab": tab,
        "tabs": [(label, name, name == tab) for name, label in TABS],
        "today": timezone.localdate(),
        **more,
    }


@inside
def measure_visibility(request: HttpRequest, number: str) -> HttpResponse:
    measure = editable_measure(request, number)
    form = CellForm(request.POST if request.method == "POST" else None, measure=measure, name="visibility")
    if not form.is_valid():
        return _show_visibility(request, measure, form)
    wanted, version = Visibility(form.cleaned_data["visibility"]), form.cleaned_data["version"]
    reason = form.cleaned_data.get("reason", "")
    try:
        set_visibility(
            measure_ids=[measure.pk], visibility=wanted, reason=reason, versions={measure.pk: version}, by=request.user
        )
    except StaleRow:
        measure = editable_measure(request, number)
        both = compare(form, measure, ["visibility"])
        data = {**request.POST.dict(), "version": measure.version}
        return _show_visibility(request, measure, CellForm(data, measure=measure, name="visibility"), both=both)
    except REFUSED as refused:
        for sentence in sentences(refused).values():
            form.add_error(None, sentence)
        return _show_visibility(request, measure, form)
    messages.success(request, f"{number} ist jetzt {wanted.label}.")
    return redirect("measure_visibility", number)


def _show_visibility(request: HttpRequest, measure: Measure, form: CellForm, **more: Any) -> HttpResponse:
    context = frame_of(measure, "measure_visibility", form=form, may_delete=is_draft(measure), **more)
    return render(request, "masterplan/visibility.html", context)


@inside
def measure_delete(request: HttpRequest, number: str) -> HttpResponse:
    measure = editable_measure(request, number)
    form = ReasonForm(request.POST if request.method == "POST" else None, needed=False)
    if request.method == "POST":
        try:
            delete_draft(measure_id=measure.pk, by=request.user)
        except AlreadyCommitted:
            messages.error(
                request,
                f"{number} bleibt: Sie war schon öffentlich oder nichtöffentlich, ist beschlossen, hat "
                "Statusmeldungen, Risiken oder Abhängigkeiten oder nahm eine andere auf. Setzen Sie die Phase auf "
                "„verworfen“ oder die Sichtbarkeit auf „intern“.",
            )
            return redirect("measure_visibility", number)
        messages.success(request, f"Der Entwurf {number} ist gelöscht. Die Nummer wird nicht wieder vergeben.")
        return redirect("measures")
    return render(request, "masterplan/delete.html", frame_of(measure, "measure_visibility", form=form))
