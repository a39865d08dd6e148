"""The pages on which a unit says how a measure stands: the state, the questions, the overview.

They are the same in the workspace and by signed link; through which of the two one came, `Door` says.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.models import User
from ground import formats
from ground.forms import VersionField
from ground.overtaken import Overtaken, overtaken, taken_over
from masterplan.change import Change
from masterplan.consequences import consequences
from masterplan.derived import Yardstick, verdict_now
from masterplan.drafting import MeasureEnded, UpdateOvertaken, change_of, discard, report_unchanged, save_draft, submit
from masterplan.forms.update import UpdateForm, initial_of
from masterplan.hints import against
from masterplan.models import DueDatePromise, Measure, Phase, StatusUpdate, UpdateState
from masterplan.new_state import state_of
from masterplan.profile import because_of
from masterplan.refusals import REFUSED, sentences
from masterplan.rules import UNMOVED
from masterplan.side_by_side import headline, lines


@dataclass(frozen=True)
class Door:
    """`addresses` are those of start, unchanged, form, check and discard, `sent` of what follows once it is sent and
    `back` of the page one came from; `template` is what the pages stand in and `frame` what it shows."""

    measure: Measure
    user: User
    via_link: bool
    template: str
    addresses: Mapping[str, str]
    frame: Mapping[str, Any]


def start(request: HttpRequest, door: Door, refused: Sequence[str] = ()) -> HttpResponse:
    """How it stands, and whether that is still so."""
    measure = door.measure
    milestones = list(measure.milestones.current())
    return _page(
        request,
        door,
        "start",
        refused=refused,
        ended=measure.phase == Phase.MERGED,
        last=measure.updates.told().select_related("author").first(),
        sentence=measure.updates.with_public_sentence().first(),
        asked=measure.requests.open().first(),
        reached=sum(one.reached_on is not None for one in milestones),
        milestones=len(milestones),
        because=because_of(measure, milestones),
    )


def unchanged(request: HttpRequest, door: Door) -> HttpResponse:
    """One click. Where an update is open already, the page that follows says so."""
    if request.method == "POST":
        try:
            report_unchanged(measure_id=door.measure.pk, by=door.user, via_link=door.via_link)
        except (UpdateOvertaken, MeasureEnded):
            return redirect(door.addresses["start"])
        except REFUSED as refused:
            return start(request, door, list(sentences(refused).values()))
        return redirect(door.addresses["sent"])
    return redirect(door.addresses["start"])


def form(request: HttpRequest, door: Door) -> HttpResponse:
    """What is sent is kept as a draft first, whatever is wrong with it."""
    if request.method != "POST":
        return _page(request, door, "form", form=_form(door, None))
    sent = _form(door, taken_over(request.POST, _form(door, None)))
    sent.is_valid()
    try:
        kept = save_draft(
            state=sent.state(), seen=sent.cleaned_data["seen"] or None, by=door.user, via_link=door.via_link
        )
    except UpdateOvertaken as stale:
        both = _both(door, sent, stale.current)
        if both.differences or stale.current is None:
            return _page(request, door, "form", form=_with_seen(sent, stale.current), both=both)
        kept = stale.current
    except MeasureEnded:
        return redirect(door.addresses["start"])
    saved = f"Entwurf gesichert um {formats.clock(timezone.now())}."
    cut = sent.is_cut()
    if request.POST.get("then") == "keep":
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "masterplan/report/kept.html", {"seen": kept.version, "saved": saved, "cut": cut})
        if not cut:
            return redirect(door.addresses["start"])
    _add_refusals(sent)
    if not sent.errors:
        return redirect(door.addresses["check"])
    return _page(request, door, "form", form=_with_seen(sent, kept), saved=saved, cut=cut)


def check(request: HttpRequest, door: Door) -> HttpResponse:
    """What will change, as it will be sent; or what is against it by now."""
    measure, update = door.measure, begun_of(door.measure)
    if update is None or update.state != UpdateState.DRAFT:
        return redirect(door.addresses["start"])
    try:
        if request.method == "POST":
            seen = VersionField().clean(request.POST.get("seen"))
            submit(state=state_of(update), seen=seen, by=door.user, via_link=door.via_link)
            return redirect(door.addresses["sent"])
        change = change_of(measure, state_of(update), now=timezone.now())
    except (UpdateOvertaken, MeasureEnded):
        return redirect(door.addresses["start"])
    except REFUSED as refused:
        return _page(request, door, "check", update=update, refused=list(sentences(refused).values()))
    follows = consequences(
        measure,
        values=change.after,
        milestones=change.milestones_after,
        correction=update.correction,
        reader=AnonymousUser() if door.via_link else door.user,
        now=timezone.now(),
    )
    told = told_of(measure, update, change)
    return _page(request, door, "check", update=update, hints=against(change), follows=follows, **told)


def throw_away(request: HttpRequest, door: Door) -> HttpResponse:
    if request.method == "POST":
        with suppress(UpdateOvertaken, MeasureEnded):
            seen = VersionField().clean(request.POST.get("seen"))
            discard(measure_id=door.measure.pk, seen=seen, by=door.user)
    return redirect(door.addresses["start"])


def begun_of(measure: Measure) -> StatusUpdate | None:
    """The open update, else the newest one where it was given back: what the form begins with."""
    newest = measure.updates.of_units().select_related("author").order_by("-created_at", "-pk").first()
    return newest if newest and newest.state != UpdateState.APPROVED else None


def told_of(measure: Measure, update: StatusUpdate, change: Change) -> dict[str, Any]:
    """An update beside what stands now: its lines, and the one that names it."""
    slips = DueDatePromise.objects.slips([measure.pk])
    last = measure.updates.with_public_sentence().first()
    milestones = list(measure.milestones.current())
    told = lines(change, milestones, update, last, slips.get(measure.pk, UNMOVED))
    return {"lines": told, "headline": headline(change, update), "change": change}


def _page(request: HttpRequest, door: Door, name: str, **more: Any) -> HttpResponse:
    context = {
        "begun": begun_of(door.measure),
        "door": door,
        "measure": door.measure,
        "status": door.measure.status,
        **door.frame,
        **more,
    }
    return render(request, f"masterplan/report/{name}.html", context)


def _form(door: Door, data: Any) -> UpdateForm:
    measure, milestones = door.measure, list(door.measure.milestones.current())
    today = timezone.localdate()
    yardstick = Yardstick.of([measure.pk], today)
    return UpdateForm(
        data,
        measure=measure,
        milestones=milestones,
        begun=begun_of(measure),
        verdict=verdict_now(measure, milestones, yardstick, today),
        criteria=yardstick.criteria,
    )


def _add_refusals(sent: UpdateForm) -> None:
    """What the rules say of a form whose fields can all be read."""
    if sent.errors:
        return
    try:
        change_of(sent.measure, sent.state(), now=timezone.now())
    except REFUSED as refused:
        for name, sentence in sentences(refused).items():
            sent.add_error(sent.asks_for(name), sentence)


def _with_seen(sent: UpdateForm, update: StatusUpdate | None) -> UpdateForm:
    data: Any = sent.data
    data["seen"] = str(update.version if update else VersionField.OF_NO_ROW)
    return sent


def _both(door: Door, sent: UpdateForm, current: StatusUpdate | None) -> Overtaken:
    """Somebody wrote, sent or decided meanwhile: what stands now beside what was typed. Nothing differs where the page
    itself was about to keep the same draft."""
    steps = sent.open_steps
    base = initial_of(sent.measure, steps, None)
    theirs = initial_of(sent.measure, steps, current)
    return overtaken(
        sent,
        base=base,
        theirs=theirs,
        who="Jemand anderes" if door.via_link else current and current.author,
        when=current.saved_at if current else timezone.now(),
    )
