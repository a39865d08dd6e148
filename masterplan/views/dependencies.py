"""What waits for what: entering and ending it on one measure, and all of it on one page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import Perm, require
from masterplan import dependency_rows
from masterplan.forms.dependency import DependencyForm
from masterplan.linking import DependencyRefused, depend, undepend
from masterplan.models import Dependency
from masterplan.network import network
from masterplan.views.access import editable_measure, inside
from masterplan.views.measure import frame_of


@inside
def dependency_add(request: HttpRequest, number: str) -> HttpResponse:
    measure = editable_measure(request, number)
    form = DependencyForm(request.POST if request.method == "POST" else None, measure=measure, user=request.user)
    if form.is_valid():
        try:
            depend(form.link(), by=request.user)
        except DependencyRefused as refused:
            form.add_error("before", str(refused))
        else:
            messages.success(request, f"{number}: Abhängigkeit eingetragen.")
            return _back(number)
    return render(request, "masterplan/dependency.html", frame_of(measure, "measure_risks", form=form))


@inside
def dependency_end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    measure = editable_measure(request, number)
    row = get_object_or_404(Dependency.objects.current().visible_to(request.user).of_measure(measure), pk=pk)
    if request.method == "POST":
        undepend(dependency_ids=[row.pk], by=request.user)
        messages.success(request, f"{number}: Abhängigkeit aufgehoben. Im Verlauf bleibt sie sichtbar.")
        return _back(number)
    (shown,) = (one for one in dependency_rows.rows(network(request.user)) if one.pk == row.pk)
    return render(request, "masterplan/dependency_end.html", frame_of(measure, "measure_risks", row=shown))


@inside
def dependencies(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    require(user, Perm.READ_INTERNAL_MEASURES)
    net = network(user)
    lines = dependency_rows.rows(net)
    context = {
        "answer": dependency_rows.summary(lines),
        "dependencies": lines,
        "graph": dependency_rows.drawing(net),
        "graph_description": dependency_rows.description(net),
    }
    return render(request, "masterplan/dependencies.html", context)


def _back(number: str) -> HttpResponse:
    return redirect(f"{reverse('measure_risks', args=[number])}#abhaengigkeiten")
