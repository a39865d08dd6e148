"""Whose measure it is: its responsible, its deputy, and whom the Digital Officer names besides."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from ground.formats import day
from masterplan.forms.reporters import ReporterForm
from masterplan.granting import allow_reporting, end_reporting
from masterplan.models import Measure
from masterplan.views.access import editable_measure, inside
from masterplan.views.measure import frame_of


@inside
def measure_reporters(request: HttpRequest, number: str) -> HttpResponse:
    measure = editable_measure(request, number, "responsible", "deputy")
    form = ReporterForm(request.POST if request.method == "POST" else None, measure=measure)
    if not form.is_valid():
        context = frame_of(measure, "measure_reporters", form=form, grants=_grants(measure))
        return render(request, "masterplan/reporters.html", context, status=422 if form.errors else 200)
    user = form.cleaned_data["user"]
    allow_reporting(measure_id=measure.pk, user=user, by=request.user)  # type: ignore[arg-type]
    messages.success(
        request,
        f"{user} sieht {number} jetzt mit den internen Notizen und kann den Stand melden.",
    )
    return redirect("measure_reporters", number)


@inside
@require_POST
def measure_reporter_remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    measure = editable_measure(request, number)
    user = get_object_or_404(User, pk=pk)
    if end_reporting(measure_id=measure.pk, user=user, by=request.user):  # type: ignore[arg-type]
        messages.success(request, f"{user} ist bei {number} nicht mehr eingetragen.")
    return redirect("measure_reporters", number)


def _grants(measure: Measure) -> list[dict[str, object]]:
    rows = measure.report_grants.select_related("user__unit", "given_by").order_by("user__name")
    return [
        {
            "pk": one.user_id,
            "name": one.user.name,
            "unit": one.user.unit.label if one.user.unit else "",
            "gone": not one.user.is_active,
            "since": day(timezone.localdate(one.given_at)),
            "giver": str(one.given_by or "System"),
        }
        for one in rows
    ]
