"""How the promised ends moved, of the whole plan or of one field of action."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.access import Perm
from masterplan.models import Measure
from masterplan.promised import trend_of_ends
from masterplan.views.access import inside
from strategy.models import FieldOfAction


@inside
def measures_trend(request: HttpRequest) -> HttpResponse:
    visible = Measure.objects.visible_to(request.user)
    fields = FieldOfAction.objects.filter(measures__in=visible).distinct().order_by("position", "title")
    code = request.GET.get("feld", "")
    chosen = get_object_or_404(fields, code=code) if code else None
    return render(
        request,
        "masterplan/measures_trend.html",
        {
            "trend": trend_of_ends(visible.filter(field=chosen) if chosen else visible, timezone.localdate()),
            "fields": [("Alle", "?", chosen is None)]
            + [(one.title, f"?feld={one.code}", chosen is not None and one.pk == chosen.pk) for one in fields],
            "field": chosen,
            "sees_all": request.user.has_perm(Perm.READ_CONFIDENTIAL_MEASURES),
        },
    )
