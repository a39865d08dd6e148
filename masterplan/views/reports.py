"""A unit says how its measure stands, in the workspace; the pages themselves are `masterplan.report_pages`."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from masterplan import report_pages
from masterplan.models import Measure
from masterplan.report_pages import Door
from masterplan.views.access import inside
from masterplan.views.measure import frame_of

STEPS: dict[str, Callable[[HttpRequest, Door], HttpResponse]] = {
    "unveraendert": report_pages.unchanged,
    "angaben": report_pages.form,
    "pruefen": report_pages.check,
    "verwerfen": report_pages.throw_away,
}


@inside
def measure_report(request: HttpRequest, number: str) -> HttpResponse:
    return report_pages.start(request, _door(request, number))


@inside
def measure_report_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    return STEPS[step](request, _door(request, number))


def _door(request: HttpRequest, number: str) -> Door:
    user: Any = request.user
    rows = Measure.objects.reportable_by(user).select_related("field", "lead_unit", "merged_into")
    measure = get_object_or_404(rows, number=number)
    steps = {step: reverse("measure_report_step", args=[number, step]) for step in STEPS}
    return Door(
        measure=measure,
        user=user,
        via_link=False,
        template="workspace.html",
        addresses={
            "start": reverse("measure_report", args=[number]),
            "unchanged": steps["unveraendert"],
            "form": steps["angaben"],
            "check": steps["pruefen"],
            "discard": steps["verwerfen"],
            "sent": reverse("measure_report", args=[number]),
            "back": reverse("updates"),
        },
        frame=frame_of(measure, "measure_report"),
    )
