"""Budget and risks as the council reads them: of the measures it may see, without what is only proposed."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import Perm
from accounts.doors import needs
from masterplan import council_rows, risk_rows
from masterplan.budget_profile import budget_profile
from masterplan.models import BudgetLine, Measure, Risk
from masterplan.views.access import shown_measure

PER_PAGE = 25
in_council = needs(Perm.OPEN_COUNCIL_ROOM)


@in_council
@require_safe
def council_measures(request: HttpRequest) -> HttpResponse:
    measures = Measure.objects.visible_to(request.user)
    page = Paginator(measures.in_order(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "answer": council_rows.totals(BudgetLine.objects.filter(measure__in=measures)),
        "page": page,
        "rows": council_rows.rows(list(page.object_list), Risk.objects.visible_to(request.user)),
    }
    return render(request, "masterplan/council/measures.html", context)


@in_council
@require_safe
def council_measure(request: HttpRequest, number: str) -> HttpResponse:
    measure = shown_measure(request, number, "budget_source")
    risks = risk_rows.rows(Risk.objects.visible_to(request.user).filter(measure=measure), page="council_measure")
    present = [row for row in risks if row.is_present]
    context = {
        "measure": measure,
        "status": measure.status,
        "budget": budget_profile(measure, timezone.localdate()),
        "risks": risks,
        "risk_answer": risk_rows.summary(present, proposed=0),
        "matrix": risk_rows.matrix(present, with_number=False) if present else None,
    }
    return render(request, "masterplan/council/measure.html", context)
