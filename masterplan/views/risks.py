"""Risks and dependencies of one measure, and the risks of all."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import Perm, require
from ground.history import StaleRow
from ground.overtaken import compare, taken_over
from masterplan import dependency_rows, risk_rows
from masterplan.foreseeing import TEXTS, AlreadyDecided, add_risk, decline_risk, edit_risk, may_foresee, take_in_risk
from masterplan.forms.risk import DeclineForm, RiskFilter, RiskForm
from masterplan.models import Measure, Risk, RiskState
from masterplan.network import network
from masterplan.views.access import editable_measure, inside, shown_measure
from masterplan.views.measure import frame_of

PER_PAGE = 25
OVERTAKEN = "Jemand hat diesen Vorschlag gerade geändert oder entschieden. Prüfen Sie ihn noch einmal."


@inside
def measure_risks(request: HttpRequest, number: str) -> HttpResponse:
    user: Any = request.user
    measure = shown_measure(request, number)
    risks = Risk.objects.visible_to(user).filter(measure=measure)
    rows, net = risk_rows.rows(risks), network(user).near(measure.pk)
    present = [row for row in rows if row.is_present]
    lines = dependency_rows.rows(net)
    context = frame_of(
        measure,
        "measure_risks",
        risks=sorted(rows, key=lambda row: list(RiskState).index(row.state)),
        risk_answer=risk_rows.summary(present, sum(row.is_proposed for row in rows)),
        matrix=risk_rows.matrix(present, with_number=False) if present else None,
        alterable=set(Risk.objects.alterable_by(user).filter(measure=measure).values_list("pk", flat=True)),
        may_foresee=may_foresee(measure, user),
        may_edit=user.has_perm(Perm.EDIT_MEASURES),
        dependencies=lines,
        dependency_answer=dependency_rows.summary(lines),
        graph=dependency_rows.drawing(net, here=measure.pk),
        graph_description=dependency_rows.description(net),
    )
    return render(request, "masterplan/measure_risks.html", context)


@inside
def risk_add(request: HttpRequest, number: str) -> HttpResponse:
    user: Any = request.user
    measure = shown_measure(request, number)
    if not may_foresee(measure, user):
        raise PermissionDenied
    form = RiskForm(request.POST if request.method == "POST" else None, decides=user.has_perm(Perm.EDIT_MEASURES))
    if not form.is_valid():
        return _show(request, measure, form)
    risk = add_risk(measure_id=measure.pk, values=form.values(), by=user)
    said = "vorgeschlagen. Der Digital Officer entscheidet" if risk.state == RiskState.PROPOSED else "aufgenommen"
    messages.success(request, f"{number}: Risiko {said}.")
    return _back(number, risk.pk)


@inside
def risk_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    user: Any = request.user
    measure = shown_measure(request, number)
    risk = get_object_or_404(Risk.objects.visible_to(user), measure=measure, pk=pk)
    if not Risk.objects.alterable_by(user).filter(pk=pk).exists():
        raise PermissionDenied
    if request.method != "POST":
        return _show(request, measure, _form(None, risk, user), risk=risk)
    form = _form(taken_over(request.POST, _form(None, risk, user)), risk, user)
    if not form.is_valid():
        return _show(request, measure, form, risk=risk)
    version = form.cleaned_data["version"]
    try:
        edit_risk(risk_id=pk, values=form.values(), state=form.state(), expected_version=version, by=user)
    except StaleRow:
        return _show_both(request, measure, form, pk)
    messages.success(request, f"{number}: Risiko gespeichert.")
    return _back(number, pk)


@inside
@require_POST
def risk_take_in(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    measure = editable_measure(request, number)
    risk = get_object_or_404(measure.risks.all(), pk=pk)
    sent = request.POST.get("version", "")
    try:
        take_in_risk(risk_id=risk.pk, expected_version=int(sent) if sent.isdecimal() else 0, by=request.user)
    except (StaleRow, AlreadyDecided):
        messages.warning(request, OVERTAKEN)
    else:
        messages.success(request, f"{number}: Risiko aufgenommen.")
    return _back(number, pk)


@inside
def risk_decline(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    measure = editable_measure(request, number)
    risk = get_object_or_404(measure.risks.all(), pk=pk)
    form = DeclineForm(request.POST if request.method == "POST" else None, initial={"version": risk.version})
    if not form.is_valid():
        context = frame_of(measure, "measure_risks", form=form, risk=risk)
        return render(request, "masterplan/risk_decline.html", context)
    sent = form.cleaned_data
    try:
        decline_risk(risk_id=pk, reason=sent["reason"], expected_version=sent["version"], by=request.user)
    except (StaleRow, AlreadyDecided):
        messages.warning(request, OVERTAKEN)
        return _back(number, pk)
    messages.success(request, f"{number}: Der Vorschlag ist nicht aufgenommen. Der Grund steht dabei.")
    return _back(number, pk)


@inside
def risks(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    require(user, Perm.READ_INTERNAL_MEASURES)
    form = RiskFilter(request.GET)
    chosen = Risk.objects.visible_to(user).filter(form.condition())
    rows, proposed = risk_rows.rows(chosen.present()), risk_rows.rows(chosen.proposed())
    context = {
        "filter": form,
        "answer": risk_rows.summary(rows, len(proposed)),
        "matrix": risk_rows.matrix(rows, with_number=True),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "proposed": proposed,
        "total": len(rows),
    }
    return render(request, "masterplan/risks.html", context)


def _form(data: Any, risk: Risk, user: Any) -> RiskForm:
    """On a row of its own, since a form writes into the one it is given."""
    return RiskForm(data, instance=Risk.objects.get(pk=risk.pk), decides=user.has_perm(Perm.EDIT_MEASURES))


def _show(
    request: HttpRequest, measure: Measure, form: RiskForm, *, risk: Risk | None = None, **more: Any
) -> HttpResponse:
    user: Any = request.user
    context = frame_of(
        measure, "measure_risks", form=form, risk=risk, may_edit=user.has_perm(Perm.EDIT_MEASURES), **more
    )
    return render(request, "masterplan/risk.html", context)


def _show_both(request: HttpRequest, measure: Measure, form: RiskForm, pk: int) -> HttpResponse:
    risk = Risk.objects.get(pk=pk)
    both = compare(form, risk, [name for name in (*TEXTS, "state") if name in form.fields])
    data: Any = form.data
    data["version"] = str(risk.version)
    return _show(request, measure, _form(data, risk, request.user), risk=risk, both=both)


def _back(number: str, pk: int) -> HttpResponse:
    return redirect(f"{reverse('measure_risks', args=[number])}#risiko-{pk}")
