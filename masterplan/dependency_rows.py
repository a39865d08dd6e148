"""Dependencies as pages show them: boxes and arrows, and the same in a table."""

from collections.abc import Iterable
from dataclasses import dataclass

from ground.charts.graph import Edge, Graph, Node, graph
from ground.formats import counted, day, listed, sentence_start
from masterplan.knock_on import days
from masterplan.models import Phase
from masterplan.network import Known, Line, Network
from masterplan.rules.waiting import Wait


@dataclass(frozen=True)
class End:
    """One side of a dependency: a measure with its address, where the reader sees it, and the milestone if any."""

    name: str
    href: str
    milestone: str


@dataclass(frozen=True)
class DependencyRow:
    pk: int
    before: End
    after: End
    lag: str
    state: str
    symbol: str
    tone: str
    note: str
    tight: bool


def rows(net: Network) -> list[DependencyRow]:
    """What does not fit on top, else by number."""
    found = [_row(net, line) for line in net.lines]
    return sorted(found, key=lambda row: (not row.tight, row.before.name, row.after.name, row.pk))


def drawing(net: Network, *, here: int = 0) -> Graph | None:
    """Of the measures that the reader sees, `here` stands out; None where no two of them are joined."""
    tight = {(line.wait.before, line.wait.after): False for line in net.lines}
    for line in net.lines:
        found = net.state_of(line.wait)
        tight[line.wait.before, line.wait.after] |= bool(found and found.bites)
    edges = [
        Edge(before, after, bites)
        for (before, after), bites in tight.items()
        if before != after and {before, after} <= net.known.keys()
    ]
    if not edges:
        return None
    shown = sorted({pk for edge in edges for pk in (edge.before, edge.after)}, key=lambda pk: net.known[pk].number)
    return graph([_node(net.known[pk], pk, edges, net, strong=pk == here) for pk in shown], edges)


def description(net: Network) -> str:
    """All arrows in words."""
    waits = {(line.wait.before, line.wait.after) for line in net.lines if line.wait.before != line.wait.after}
    pairs = sorted((net.name(after), net.name(before)) for before, after in waits)
    return f"{'; '.join(f'{after} wartet auf {before}' for after, before in pairs)}."


def summary(found: Iterable[DependencyRow]) -> str:
    """Acht Abhängigkeiten; zwei Termine liegen zu früh."""
    tight = [row.tight for row in found]
    if not tight:
        return "Zurzeit ist keine Abhängigkeit eingetragen."
    early = sum(tight)
    termine = counted(early, "Termin", "Termine", "ein") if early else "kein Termin"
    told = sentence_start(counted(len(tight), "Abhängigkeit", "Abhängigkeiten"))
    return f"{told}; {termine} {'liegen' if early > 1 else 'liegt'} zu früh."


def _row(net: Network, line: Line) -> DependencyRow:
    wait = line.wait
    found = net.state_of(wait)
    state, symbol, tone = _state(net, wait)
    return DependencyRow(
        pk=line.pk,
        before=_end(net, wait.before, wait.milestone),
        after=_end(net, wait.after, wait.waiting),
        lag=days(wait.lag) if wait.lag else "",
        state=state,
        symbol=symbol,
        tone=tone,
        note=line.note if {wait.before, wait.after} <= net.known.keys() else "",
        tight=bool(found and found.bites),
    )


def _end(net: Network, pk: int, milestone: int | None) -> End:
    if pk not in net.known:
        return End(sentence_start(net.name(pk)), "", "")
    seen = net.known[pk]
    return End(f"{seen.number} {seen.title}", seen.url, net.milestones[milestone] if milestone else "")


def _state(net: Network, wait: Wait) -> tuple[str, str, str]:
    """How the two dates stand to each other; of a measure that the reader does not see nothing is told."""
    phases = {pk: net.dates[pk]["phase"] for pk in (wait.before, wait.after)}
    given, found = net.schedules[wait.before], net.state_of(wait)
    if not {wait.before, wait.after} <= net.known.keys():
        return "nicht einsehbar", "circle-question", "open"
    if Phase.MERGED in phases.values():
        return "zusammengeführt: neu eintragen", "merge", "still"
    if wait.milestone in given.reached or (not wait.milestone and phases[wait.before] == Phase.COMPLETED):
        return "erfüllt", "check", "done"
    if given.given(wait) is None or (found and found.missing is None):
        return "ein Termin fehlt", "circle-question", "open"
    if found is None:
        return "wartet nicht mehr", "pause", "still"
    missing = found.missing or 0
    if missing > 0:
        return f"{days(missing)} zu früh", "triangle", "risk"
    return f"{days(-missing)} Abstand", "circle-check", "good"


def _node(known: Known, pk: int, edges: list[Edge], net: Network, *, strong: bool) -> Node:
    end = f"Ende {day(known.end)}" if known.end else "ohne Termin"
    waits = [net.known[edge.before].number for edge in edges if edge.after == pk]
    followers = [net.known[edge.after].number for edge in edges if edge.before == pk]
    told = [f"{known.number}, {end}, {known.title}, {known.status.label}"]
    if waits:
        told.append(f"Wartet auf {listed(waits)}")
    if followers:
        told.append(f"Darauf {'wartet' if len(followers) == 1 else 'warten'} {listed(followers)}")
    return Node(
        key=pk,
        head=known.number,
        title=known.title,
        foot=end,
        symbol=known.status.symbol,
        tone=known.status.tone,
        href=known.url,
        spoken=f"{'. '.join(told)}.",
        strong=strong,
    )
