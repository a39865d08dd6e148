"""Which measures and milestones follow when dates move, in sentences for one reader."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ground.formats import NBSP, day, sentence_start
from masterplan.models import Measure
from masterplan.narrating import ANOTHER
from masterplan.network import Network, whole_network
from masterplan.rules.waiting import Effect, knock_on


@dataclass(frozen=True)
class Consequence:
    """A sentence with its symbol and tone; where it begins with a measure, that one's name and address."""

    sentence: str
    symbol: str = "info"
    tone: str = "still"
    label: str = ""
    href: str = ""

    def __str__(self) -> str:
        return f"{self.label} {self.sentence}".strip()


def of_moved_dates(
    measure: Measure, values: Mapping[str, Any], milestones: Mapping[int, Mapping[str, date | None]], reader: Any
) -> list[Consequence]:
    """Each only once; of measures that the reader does not see, no more than that there is one."""
    net = whole_network(reader)
    if measure.pk not in net.dates:
        return []
    dates = {name: value for name, value in values.items() if name in net.dates[measure.pk]}
    moved = net.schedule(measure.pk, dates, milestones)
    effects = knock_on(net.schedules, net.waits, {measure.pk: moved})
    return list(dict.fromkeys(one for found in effects for one in _told(net, found, measure.pk)))


def _told(net: Network, found: Effect, moved: int) -> Iterator[Consequence]:
    wait = found.wait
    if wait.after == moved != wait.before:
        yield _not_awaited(net, found)
    elif wait.after == moved:
        name = net.milestones[wait.waiting or 0]
        yield _consequence(found, f"Meilenstein „{name}“ wartet auf diesen. {holds(found, 'Sein Termin')}")
    elif wait.after not in net.known:
        yield Consequence(f"Auch {ANOTHER} ist davon betroffen, die Sie nicht einsehen können.", "merge")
    else:
        after = net.known[wait.after]
        hidden = wait.before != moved and wait.before not in net.known
        told = f"{_subject(net, found)} ist nicht zu halten." if hidden else holds(found, _subject(net, found))
        sentence = f"wartet {_on_what(net, found, moved)}. {told}"
        yield _consequence(found, sentence, f"{after.number} {after.title}", after.url)


def _not_awaited(net: Network, found: Effect) -> Consequence:
    """Of a measure that the reader does not see no date is told, nor one that it could be reckoned from."""
    before = net.known.get(found.wait.before)
    if before is None:
        return _consequence(
            found, f"{sentence_start(ANOTHER)} muss vorher fertig sein: {_subject(net, found)} passt nicht."
        )
    late = f"{_subject(net, found)} {day(found.due)} liegt {days(found.missing or 0)} zu früh." if found.due else ""
    sentence = f"muss vorher fertig sein, und daraus folgt frühestens der {day(found.earliest)}. {late}"
    return _consequence(found, sentence, f"{before.number} {before.title}", before.url)


def _consequence(found: Effect, sentence: str, label: str = "", href: str = "") -> Consequence:
    symbol, tone = ("triangle", "risk") if found.bites else ("calendar", "still")
    return Consequence(sentence, symbol, tone, label, href)


def _on_what(net: Network, found: Effect, moved: int) -> str:
    wait = found.wait
    if wait.before == moved:
        return "auf diesen Meilenstein" if wait.milestone else "auf diese Maßnahme"
    return f"auf {net.name(wait.before)}, und die muss dann auch warten"


def _subject(net: Network, found: Effect) -> str:
    if found.wait.waiting:
        return f"Der Meilenstein „{net.milestones[found.wait.waiting]}“"
    return "Der Beginn" if found.kind == "start" else "Das Ende"


def holds(found: Effect, subject: str) -> str:
    """Whether the date of what waits can be kept, with the days that are left or missing."""
    if found.due is None:
        return f"{subject} hat noch keinen Tag; frühestens {day(found.earliest)}."
    missing = found.missing or 0
    if missing > 0:
        return (
            f"{subject} {day(found.due)} ist nicht zu halten: frühestens {day(found.earliest)}, {days(missing)} später."
        )
    if missing == 0:
        return f"{subject} {day(found.due)} bleibt gerade noch erreichbar."
    return f"{subject} {day(found.due)} bleibt mit {days(-missing, 'Tagen')} Abstand erreichbar."


def days(count: int, several: str = "Tage") -> str:
    return f"{count}{NBSP}{'Tag' if count == 1 else several}"
