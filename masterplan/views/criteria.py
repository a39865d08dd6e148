"""The criteria from which the health of measures follows; what new ones would change is shown before they are set."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import Perm
from accounts.doors import needs
from ground.formats import counted, sentence_start
from ground.history import StaleRow
from masterplan.derived import Yardstick
from masterplan.deriving import CriteriaOutOfOrder, due_changes, set_criteria
from masterplan.forms.criteria import CriteriaForm
from masterplan.models import Health, HealthCriteria
from masterplan.reasons import criteria_in_words

OVERTAKEN = "Jemand hat die Kriterien gerade geändert. Hier stehen die neuen, Ihre sind nicht gespeichert."


@needs(Perm.APPROVE_STATUS)
def health_criteria(request: HttpRequest) -> HttpResponse:
    in_force, row = HealthCriteria.objects.in_force(), HealthCriteria.objects.filter(pk=1).first()
    initial = {**asdict(in_force), "version": row.version if row else 0}
    form = CriteriaForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_valid():
        return _show(request, form)
    criteria, sent = form.criteria(), form.cleaned_data
    if request.POST.get("then") != "set":
        found = due_changes(yardstick=Yardstick(criteria), now=timezone.now())
        return _show(request, form, previewed=True, changes=[(one, _words(one)) for one in found])
    try:
        changed = set_criteria(
            values=asdict(criteria), expected_version=sent["version"], reason=sent["reason"], by=request.user
        )
    except StaleRow:
        messages.warning(request, OVERTAKEN)
        return _show(request, CriteriaForm(initial={**initial, "reason": sent["reason"]}))
    except CriteriaOutOfOrder:
        form.add_error(None, "„Kritisch“ beginnt später als „gefährdet“, und beide ab 1.")
        return _show(request, form)
    many = sentence_start(counted(len(changed), "Maßnahme hat", "Maßnahmen haben"))
    messages.success(request, f"Die Kriterien gelten jetzt. {many} dadurch einen anderen Status.")
    return redirect("health_criteria")


def _words(change: Any) -> tuple[str, str]:
    return Health(change.measure.health).label, Health(change.new("health")).label


def _show(request: HttpRequest, form: CriteriaForm, **more: Any) -> HttpResponse:
    in_force = HealthCriteria.objects.in_force()
    words = [(health.label, criteria_in_words(health, in_force)) for health in Health]
    return render(request, "masterplan/criteria.html", {"form": form, "words": words, **more})
