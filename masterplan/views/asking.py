"""The Digital Officer asks units how their measures stand: which, whom, until when; shown before it is sent."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import Perm
from accounts.doors import needs
from ground.formats import counted, day, listed, sentence_start
from ground.workdays import workdays_after
from masterplan.asking import ask, withdraw_request
from masterplan.forms.asking import AskForm
from masterplan.models import Measure, StatusRequest
from masterplan.reminding.mailing import MailedToday, NobodyStandsIn, send_to_stand_in
from masterplan.reminding.whom import called_on_if_asked

USUAL = 10
"""Working days to answer."""
NOTHING_PICKED = "Wählen Sie mindestens eine Maßnahme aus."


@needs(Perm.APPROVE_STATUS)
def updates_ask(request: HttpRequest) -> HttpResponse:
    ticked = request.POST if "due" in request.POST else request.GET
    return ask_about(request, ticked.getlist("pick"))


def ask_about(request: HttpRequest, picked: Sequence[str]) -> HttpResponse:
    """What is sent with a day asks of the picked; else the page that asks, of these or of all that still go on."""
    today = timezone.localdate()
    sent = request.POST if request.method == "POST" and "due" in request.POST else None
    form = AskForm(sent, today=today, initial={"due": workdays_after(today, USUAL)})
    measures = _measures(request, picked)
    if sent is not None and not picked:
        form.add_error(None, NOTHING_PICKED)
    if sent is None or not form.is_valid():
        return _show(request, form, measures, picked)
    requests = ask(measure_ids=[one.pk for one in measures], due=form.cleaned_data["due"], by=request.user)
    if not requests:
        messages.warning(request, "Wählen Sie zuerst Maßnahmen aus, die noch laufen.")
        return _show(request, form, measures, picked)
    many = sentence_start(counted(len(requests), "Maßnahme ist", "Maßnahmen sind"))
    messages.success(request, f"{many} erfragt, Antwort erbeten bis {day(form.cleaned_data['due'])}.")
    return redirect("updates")


@needs(Perm.APPROVE_STATUS)
@require_POST
def request_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    if withdraw_request(request_id=pk, by=request.user):
        messages.success(request, "Die Abfrage ist zurückgezogen; niemand wird mehr erinnert.")
    else:
        messages.info(request, "Diese Abfrage ist schon beantwortet oder zurückgezogen.")
    return redirect("updates")


@needs(Perm.APPROVE_STATUS)
@require_POST
def request_to_stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        mail = send_to_stand_in(request_id=pk, by=request.user, now=timezone.now())
    except MailedToday:
        messages.info(
            request, "Die Vertretung hat heute schon eine Mail bekommen. Versuchen Sie es morgen noch einmal."
        )
    except NobodyStandsIn:
        messages.warning(request, "Hier kann niemand in Vertretung antworten, oder die Antwort ist schon da.")
    else:
        messages.success(request, f"Die Mail geht an {mail.recipient}. Ob sie ankam, steht im Postausgang.")
    return redirect("updates")


def _measures(request: HttpRequest, picked: Sequence[str]) -> list[Measure]:
    rows = Measure.objects.visible_to(request.user).unfinished().select_related("lead_unit")
    return list((rows.filter(number__in=picked) if picked else rows).in_order())


def _show(request: HttpRequest, form: AskForm, measures: Sequence[Measure], picked: Sequence[str]) -> HttpResponse:
    """Whom the mail would go to is asked of the same function as when it is sent."""
    today = timezone.localdate()
    open_until = dict(StatusRequest.objects.open().filter(measure__in=measures).values_list("measure", "due"))
    called = called_on_if_asked([one.pk for one in measures], workdays_after(today, USUAL), today)
    rows = [_row(one, open_until.get(one.pk), called[one.pk]) for one in measures]
    context = {"form": form, "rows": rows, "picked": picked}
    return render(request, "masterplan/ask.html", context, status=422 if form.errors else 200)


def _row(measure: Measure, due: date | None, whom: Sequence[str]) -> dict[str, Any]:
    return {
        "number": measure.number,
        "title": measure.title,
        "unit": measure.lead_unit.label if measure.lead_unit else "–",
        "whom": listed(whom) if whom else "niemand: Die Frage bleibt bei Ihnen",
        "nobody": not whom,
        "since": f"schon gefragt, bis {day(due)}" if due else "",
    }
