"""Status updates that wait: the Digital Officer's review, one after the other, and a unit's own."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import Perm
from accounts.doors import needs
from ground.formats import counted, day, moment, relative, sentence_start
from ground.history import StaleRow
from masterplan.budget_figures import year_in_words
from masterplan.change import Change, InvalidChange, ReasonMissing
from masterplan.consequences import consequences
from masterplan.drafting import change_of
from masterplan.forms.review import ReturnForm, ReviewForm, SeenForm
from masterplan.hints import against
from masterplan.knock_on import Consequence
from masterplan.models import Measure, StatusUpdate, UpdateState
from masterplan.new_state import state_of
from masterplan.profile import notes_shown
from masterplan.refusals import sentences
from masterplan.report_pages import told_of
from masterplan.reviewing import AlreadyDecided, MeasureEnded, approve, approve_unchanged, give_back
from masterplan.side_by_side import Line, kept_lines
from masterplan.updates import Queued, asked, decided, own, queue
from masterplan.views.access import inside

DECIDED = "Über diese Meldung ist schon entschieden, oder sie ist zurückgeholt und wird gerade überarbeitet."
ENDED = "Die Maßnahme ist inzwischen in einer anderen aufgegangen. Geben Sie die Meldung mit einem Hinweis zurück."
KEYS = [("U", "Übernehmen und weiter"), ("Z", "Mit Hinweis zurückgeben"), ("N", "Später, nächste")]
CHANGED = "Maßnahme oder Meldung hat sich geändert, seit Sie die Seite geöffnet haben. Prüfen Sie den neuen Stand."


@inside
def updates(request: HttpRequest) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    if not user.has_perm(Perm.APPROVE_STATUS):
        return render(request, "masterplan/updates_own.html", {"rows": own(user, today)})
    waiting = queue(user, today)
    same = [one for one in waiting if one.unchanged]
    return render(
        request,
        "masterplan/updates.html",
        {
            "queue": waiting,
            "answer": sentence_start(counted(len(waiting), "Statusmeldung wartet", "Statusmeldungen warten")),
            "unchanged": same,
            "seen": _seen(same),
            "asked": asked(user, today),
            "decided": [_decided(one) for one in decided(user)],
        },
    )


def _seen(rows: list[Queued]) -> str:
    return ",".join(f"{one.pk}:{one.version}" for one in rows)


def _decided(update: StatusUpdate) -> dict[str, Any]:
    return {
        "measure": update.measure,
        "url": reverse("update_review", args=[update.pk]),
        "state": update.get_state_display(),
        "returned": update.state == UpdateState.RETURNED,
        "when": day(timezone.localdate(update.decided_at)) if update.decided_at else "",
        "who": str(update.author or "System"),
    }


@inside
def update_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Side by side and open to a decision for who approves; as it was decided for who reported."""
    update = _update(request, pk)
    if update.state == UpdateState.DRAFT:
        return _overtaken(request, pk)
    if update.state != UpdateState.SUBMITTED or not request.user.has_perm(Perm.APPROVE_STATUS):
        return _show_decided(request, update)
    return _show(request, update, ReviewForm(update=update))


@needs(Perm.APPROVE_STATUS)
def update_approve(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        return redirect("update_review", pk)
    update = _update(request, pk)
    if update.state != UpdateState.SUBMITTED:
        return _overtaken(request, pk)
    form = ReviewForm(request.POST, update=update)
    if not form.is_valid():
        return _show(request, update, form)
    sent = form.cleaned_data
    try:
        approve(
            update_id=pk,
            seen=sent["seen"],
            measure_version=sent["measure_version"],
            wording={name: sent[name] for name in form.worded},
            by=request.user,
        )
    except (AlreadyDecided, StaleRow):
        return _overtaken(request, pk)
    except MeasureEnded:
        form.add_error(None, ENDED)
        return _show(request, update, form)
    except (InvalidChange, ReasonMissing) as refused:
        for name, sentence in sentences(refused).items():
            form.add_error(name if name in form.fields else None, sentence)
        return _show(request, update, form)
    messages.success(request, f"{update.measure.number}: Statusmeldung übernommen.")
    return _next(request)


@needs(Perm.APPROVE_STATUS)
def update_return(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        return redirect("update_review", pk)
    update = _update(request, pk)
    if update.state != UpdateState.SUBMITTED:
        return _overtaken(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _show(request, update, ReviewForm(update=update), returning=form)
    try:
        give_back(update_id=pk, seen=form.cleaned_data["seen"], comment=form.cleaned_data["comment"], by=request.user)
    except AlreadyDecided:
        return _overtaken(request, pk)
    messages.success(request, f"{update.measure.number}: mit Hinweis zurückgegeben.")
    return _next(request)


@needs(Perm.APPROVE_STATUS)
def updates_unchanged(request: HttpRequest) -> HttpResponse:
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else {}
    if not seen:
        return redirect("updates")
    try:
        done = approve_unchanged(seen=seen, by=request.user)
    except AlreadyDecided:
        messages.warning(request, "Nichts übernommen: Seit Sie die Seite geöffnet haben, hat sich eine davon geändert.")
    except (MeasureEnded, InvalidChange, ReasonMissing):
        messages.warning(request, "Nichts übernommen: Eine davon geht so nicht mehr. Prüfen Sie sie einzeln.")
    else:
        many = sentence_start(counted(len(done), "Meldung", "Meldungen"))
        messages.success(request, f"{many} ohne Änderung übernommen.")
    return redirect("updates")


def _update(request: HttpRequest, pk: int) -> StatusUpdate:
    """Notes and causes are for those who may read them; for anyone else the update does not exist."""
    rows = StatusUpdate.objects.filter(measure__in=Measure.objects.visible_to(request.user))
    update = get_object_or_404(rows.select_related("measure__field", "measure__lead_unit", "author"), pk=pk)
    if not notes_shown(update.measure, request.user):
        raise Http404
    return update


def _show(request: HttpRequest, update: StatusUpdate, form: ReviewForm, **more: Any) -> HttpResponse:
    measure, today = update.measure, timezone.localdate()
    waiting = queue(request.user, today)
    place = next((place for place, one in enumerate(waiting, start=1) if one.pk == update.pk), 0)
    try:
        change, refused = change_of(measure, state_of(update), now=timezone.now()), []
    except (InvalidChange, ReasonMissing) as wrong:
        change, refused = Change(measure), list(sentences(wrong).values())
    told = told_of(measure, update, change)
    same = [one for one in waiting if one.unchanged]
    context = {
        "update": update,
        "measure": measure,
        "queue": waiting,
        "place": place,
        "later": waiting[place % len(waiting)].url if waiting else reverse("updates"),
        "unchanged": same if update.says_unchanged else [],
        "seen": _seen(same),
        "keys": KEYS,
        "form": form,
        "returning": ReturnForm(initial={"seen": update.version}),
        "refused": refused,
        "hints": against(change),
        "follows": _follows(request, update, change),
        "sent": _sent(update, today),
        **told,
        "lines": [*_worded(told["lines"], form), *_money(request, measure, today)],
        **more,
    }
    return render(request, "masterplan/update_review.html", context)


def _worded(found: Iterable[Line], form: ReviewForm) -> Iterator[Line]:
    for one in found:
        yield replace(one, field=form[one.name]) if one.name in form.worded else one


def _money(request: HttpRequest, measure: Measure, today: date) -> list[Line]:
    """For comparing only: the Kämmerei keeps it."""
    words = year_in_words(measure.pk, today.year) if request.user.has_perm(Perm.READ_BUDGET) else ""
    return [Line("money", f"Ansatz, Ist {today.year}", words, words)] if words else []


def _show_decided(request: HttpRequest, update: StatusUpdate) -> HttpResponse:
    context = {
        "update": update,
        "measure": update.measure,
        "sent": _sent(update, timezone.localdate()),
        "lines": kept_lines(update, list(update.measure.milestones.all())),
    }
    return render(request, "masterplan/update_decided.html", context)


def _sent(update: StatusUpdate, today: Any) -> str:
    """Gemeldet vor 2 Tagen, 21.11.2026, 16:12 Uhr, über Link an …"""
    at = update.submitted_at or update.created_at
    said = f"Gemeldet {relative(timezone.localdate(at), today)}, {moment(at)}"
    said += f", {'über Link an' if update.via_link else 'von'} {update.author}" if update.author else ""
    return said


def _follows(request: HttpRequest, update: StatusUpdate, change: Change) -> list[Consequence]:
    return consequences(
        update.measure,
        values=change.after,
        milestones=change.milestones_after,
        correction=update.correction,
        reader=request.user,
        now=timezone.now(),
    )


def _next(request: HttpRequest) -> HttpResponse:
    """The next that waits, in the order of the list; the list where none does."""
    waiting = queue(request.user, timezone.localdate())
    return redirect("update_review", waiting[0].pk) if waiting else redirect("updates")


def _overtaken(request: HttpRequest, pk: int) -> HttpResponse:
    """What was worded is said again, so that it is not lost with the page."""
    still = StatusUpdate.objects.submitted().filter(pk=pk).exists()
    worded = request.POST.get("public_sentence") or request.POST.get("comment")
    messages.warning(request, f"{CHANGED if still else DECIDED}{f' Ihr Text war: „{worded}“' if worded else ''}")
    return redirect("update_review", pk) if still else redirect("updates")
