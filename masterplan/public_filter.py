"""What the filter beside the list shows: each choice with its count, and what is chosen as links that undo it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string

from ground.public_page import PublicVersion, kept
from masterplan.public.cube import BEHIND, PHASES, STATUSES, Choice, Choices, ShownStatus
from masterplan.public.facets import Facets
from masterplan.public.selection import Selection

LEGENDS = {"stand": "Status", "phase": "Phase", "feld": "Handlungsfeld"}
ORDER_LABELS = {"stand": "Status, kritische zuerst", "nummer": "Nummer", "ende": "Ende, nächstes zuerst"}


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    count: str
    chosen: bool
    symbol: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    legend: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class FilterBox:
    text: str
    checks: tuple[Group, ...]
    menus: tuple[Group, ...]
    behind: Option
    orders: tuple[Option, ...]
    chips: tuple[Chip, ...]
    count: int
    clear: str
    ignored: str


def filter_box(selection: Selection, facets: Facets, choices: Choices, path: str) -> FilterBox:
    plain = {"phase": PHASES, "feld": choices.fields}
    statuses = _options("stand", STATUSES, selection, facets)
    return FilterBox(
        text=selection.text,
        checks=(
            Group("stand", LEGENDS["stand"], tuple(_with_symbol(option) for option in statuses)),
            *(Group(name, LEGENDS[name], tuple(_options(name, plain[name], selection, facets))) for name in plain),
        ),
        menus=(
            Group("ziel", "Ziel", tuple(_options("ziel", choices.goals, selection, facets))),
            Group("stelle", "Federführung", tuple(_options("stelle", choices.units, selection, facets))),
        ),
        behind=_options("verspaetet", [Choice(BEHIND, "später als zugesagt", BEHIND)], selection, facets)[0],
        orders=tuple(Option(order, label, "", order == selection.order) for order, label in ORDER_LABELS.items()),
        chips=tuple(_chips(selection, path)),
        count=selection.count,
        clear=path,
        ignored=", ".join(f"„{value}“" for value in selection.ignored[:5]),
    )


def _options(name: str, choices: Iterable[Choice], selection: Selection, facets: Facets) -> list[Option]:
    """Choices that no public measure has are left out, unless chosen."""
    counts, chosen = facets.choices[name], selection.chosen.get(name, ())
    in_plan = facets.in_plan[name]
    return [
        Option(choice.value, choice.label, str(counts.get(choice.value, 0)), choice in chosen)
        for choice in choices
        if choice.value in in_plan or choice in chosen or name == "verspaetet"
    ]


SHOWN = {choice.value: ShownStatus(str(choice.stored)) for choice in STATUSES}


def _with_symbol(option: Option) -> Option:
    status = SHOWN[option.value]
    return Option(option.value, option.label, option.count, option.chosen, status.symbol, status.tone)


def _chips(selection: Selection, path: str) -> Iterable[Chip]:
    if selection.text:
        yield Chip(f"„{selection.text}“", path + selection.query(without=("wort", selection.text)))
    for name, choices in selection.chosen.items():
        for choice in choices:
            yield Chip(choice.label, path + selection.query(without=(name, choice.value)))


def filter_form(version: PublicVersion, box: FilterBox, selection: Selection, **more: object) -> str:
    """The form as HTML, kept where the counts that it shows are kept."""
    context = {"filter": box, **more}
    if not selection.is_simple(1):
        return render_to_string("masterplan/public/_filter.html", context)
    name = f"form {box.clear}{selection.query()} {sorted(more.items())}"
    return kept(version, name, lambda: render_to_string("masterplan/public/_filter.html", context))
