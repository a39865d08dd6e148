"""The round of updates before the next report: asked, written, sent, given back; some are still awaited."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from masterplan.asking import ask
from masterplan.drafting import report_unchanged, save_draft, submit
from masterplan.models import Measure
from masterplan.new_state import NewState, Option
from masterplan.reviewing import give_back
from portal.demo.happening import Cast
from portal.demo.post import ask_by_mail, deliver

ASKED, DUE = -12, 3
"""Days from today."""
UNCHANGED = (("SU-02", "stadtplanung", -4), ("BI-04", "soziales", -3), ("IN-03", "it", -3))


def make_updates(cast: Cast) -> None:
    running = Measure.objects.current().unfinished().exclude(responsible=None)
    asked = cast.moment(ASKED, 7)
    due = cast.calendar.workday(DUE)
    ask(measure_ids=list(running.values_list("pk", flat=True)), due=due, by=cast.officer, now=asked)
    ask_by_mail(cast, since=ASKED)
    for number, who, day in UNCHANGED:
        _by_link(cast, who, day, report_unchanged, measure_id=cast.measures[number].pk)
    _returned(cast)
    _submitted(cast)
    _decision(cast)
    deliver(cast)


def _returned(cast: Cast) -> None:
    state = _state(cast, "VW-01", reason="Es dauert länger", cause="Schulungen", **_later(cast, "VW-01", 60))
    sent = submit(state=state, seen=None, by=cast.users["zentrale.dienste"], now=cast.moment(-6, 11))
    comment = "Woran liegt es, und welcher Meilenstein hält den neuen Termin? Bitte in einem Satz, den alle verstehen."
    give_back(update_id=sent.pk, seen=sent.version, comment=comment, by=cast.officer, now=cast.moment(-5, 9))


def _submitted(cast: Cast) -> None:
    (step, *_) = Measure.objects.get(pk=cast.measures["BS-02"].pk).milestones.open()
    state = _state(
        cast,
        "BS-02",
        milestones={step.pk: {"reached_on": cast.calendar.workday(-3)}},
        reason="Meilenstein erreicht",
        public_sentence="Der nächste Schritt ist getan, der Rest liegt im Plan.",
        achieved="Abnahme ohne Mängel, Schulung mit allen Schaltern.",
    )
    _by_link(cast, "fachbereich", -2, submit, state=state, seen=None)
    state = _state(
        cast,
        "SU-03",
        reason="Zwei Messstellen fehlen noch",
        public_sentence="Zwei Messstellen fehlen noch; die Karte erscheint darum später.",
        remarks="Zwei von elf Eigentümern haben noch nicht zugestimmt.",
        **_later(cast, "SU-03", 60),
    )
    _by_link(cast, "umwelt", -2, submit, state=state, seen=None)


def _decision(cast: Cast) -> None:
    options = (
        Option(text="Umbau in zwei Abschnitten", days=0, amount=Decimal(38_000), recommended=True),
        Option(text="Warten auf den Umbau der Schule", days=240, amount=Decimal(0)),
    )
    state = _state(
        cast,
        "BI-02",
        cause="Der Umbau der Rettungswege ist teurer als geplant.",
        decision="Ob in zwei Abschnitten umgebaut oder auf den Umbau der Schule gewartet wird.",
        options=options,
    )
    submit(state=state, seen=None, by=cast.users["buecherei"], now=cast.moment(-1, 15))
    draft = _state(cast, "SU-01", achieved="Sensoren an sechs von zehn Standorten montiert.")
    save_draft(state=draft, seen=None, by=cast.users["betriebshof"], now=cast.moment(-1, 16))


def _by_link(cast: Cast, who: str, day: int, activity: Any, **what: Any) -> None:
    activity(**what, by=cast.users[who], via_link=True, now=cast.moment(day, 14))


def _state(cast: Cast, number: str, **said: Any) -> NewState:
    return NewState(measure_id=cast.measures[number].pk, **said)


def _later(cast: Cast, number: str, days: int) -> dict[str, dict[str, date]]:
    end = Measure.objects.get(pk=cast.measures[number].pk).planned_end
    return {"values": {"planned_end": end + timedelta(days=days)}} if end else {}
