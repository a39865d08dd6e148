"""Start, list, timeline, measure page and desk against a bare Django view that returns the same bytes.

All go through the same middleware in this process, in turns, so that both meet the same machine. What counts is
processor time: the database is in this process as well, and other work on the machine does not blur it.
"""

import gc
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import django

SIZES = (100, 500, 2000)
ROUNDS = 60


@dataclass(frozen=True)
class Result:
    page: str
    size: int
    queries: int
    milliseconds: float
    ratio: float


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "winsen_digital.settings")
    django.setup()
    from django.test.utils import override_settings

    logging.disable(logging.INFO)
    with override_settings(ROOT_URLCONF="benchmarks.pages_addresses", ALLOWED_HOSTS=["testserver"]):
        results = [result for size in SIZES for result in of_size(size)]
    logging.disable(logging.NOTSET)
    print(f"{'page':<28}{'measures':>9}{'queries':>9}{'ms':>8}{'bare/page':>11}")
    for result in sorted(results, key=lambda result: result.page):
        print(f"{result.page:<28}{result.size:>9}{result.queries:>9}{result.milliseconds:>8.2f}{result.ratio:>11.3f}")
    bare = {(result.page, result.size): result.ratio for result in results}
    print("Against the bare page of the same moment, so that what else the machine did does not count:")
    for page in dict.fromkeys(result.page for result in results):
        print(f"{page}: {bare[page, 100] / bare[page, 2000]:.2f} times as long at 2000 measures as at 100")


def of_size(size: int) -> Iterator[Result]:
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from benchmarks import pages_addresses
    from tests.builders import make_officer, make_user

    with own_database():
        slug = fill(size)
        public, clerk, officer = Client(), signed_in(make_user()), signed_in(make_officer())
        pages: list[tuple[str, str, Client, Callable[[], None]]] = [
            ("start", "/", public, nothing),
            ("list", "/massnahmen/", public, nothing),
            ("list, counts made anew", "/massnahmen/", public, cache.clear),
            ("list, filtered", "/massnahmen/?stand=im-plan&phase=in-umsetzung", public, nothing),
            ("timeline", "/massnahmen/zeitplan/", public, nothing),
            ("measure", f"/massnahmen/{slug}/", public, nothing),
            ("desk of who reads", "/arbeitsbereich/", clerk, nothing),
            ("desk of who edits", "/arbeitsbereich/", officer, nothing),
        ]
        for name, address, client, prepare in pages:
            pages_addresses.page = client.get(address).content
            prepare()
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            queries = len(captured)
            spent, bare = in_turns(partial(client.get, address), partial(client.get, "/bare/"), prepare)
            yield Result(name, size, queries, spent, bare / spent)


def signed_in(user: Any) -> Any:
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client


def nothing() -> None:
    """Leaves the kept counts where they are."""


def in_turns(one: Callable[[], Any], other: Callable[[], Any], prepare: Callable[[], None]) -> tuple[float, float]:
    """Median milliseconds of processor time of each."""
    times: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    for _ in range(ROUNDS):
        for work, spent in zip((one, other), times, strict=True):
            prepare()
            started = time.process_time()
            work()
            spent.append((time.process_time() - started) * 1000)
    return median(times[0]), median(times[1])


@contextmanager
def own_database() -> Iterator[None]:
    """A migrated, empty SQLite file that is gone afterwards; the cache is empty too."""
    from django.core.cache import cache
    from django.core.management import call_command
    from django.db import connection

    before = connection.settings_dict["NAME"]
    with TemporaryDirectory() as folder:
        connection.close()
        connection.settings_dict["NAME"] = str(Path(folder) / "bench.sqlite3")
        cache.clear()
        try:
            call_command("migrate", verbosity=0)
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before


def fill(size: int) -> str:
    """A plan whose measures differ in field, unit, goal, phase, health and dates; returns one measure's slug."""
    from masterplan.models import Visibility
    from masterplan.publishing import set_visibility
    from tests.builders import NOW, TODAY

    past = NOW - timedelta(days=400)
    measures = planned(size, past)
    starts = {measure.pk: TODAY - timedelta(days=place * 37 % 700) for place, measure in enumerate(measures)}
    with_milestones(measures, starts, past)
    reported(starts, past)
    published = set_visibility(measure_ids=list(starts), visibility=Visibility.PUBLIC, by=None, now=past)
    every_third_postponed(starts, NOW - timedelta(days=20))
    return str(published[0].slug)


def planned(size: int, at: datetime) -> list[Any]:
    from masterplan.planning import add_measures, new_measure
    from tests.builders import make_field, make_goal, make_strategy, make_town, make_unit

    make_town()
    fields = [make_field(f"F{letter}", f"Feld {letter}", slug=f"feld-{letter.lower()}") for letter in "ABCDE"]
    units = [make_unit(f"Fachbereich {number}") for number in range(12)]
    strategy = make_strategy()
    goals = [make_goal(strategy, f"Ziel {number}", slug=f"ziel-{number}") for number in range(3)]
    texts = {
        "teaser": "Was die Stadt vorhat, in einem Satz, der sagt, wem es nützt.",
        "description": "Ein Absatz.\n\n- ein Punkt\n- noch einer\n\n" * 3,
    }
    rows = [
        new_measure(
            field=fields[place % 5],
            serial=place // 5 + 1,
            values={
                "title": f"Maßnahme mit einem Titel von üblicher Länge, Nummer {place}",
                "lead_unit": units[place % 12],
                **texts,
            },
        )
        for place in range(size)
    ]
    measures = add_measures(rows, by=None, now=at)
    for place, goal in enumerate(goals):
        goal.measures.add(*measures[place::2])
    return list(measures)


def with_milestones(measures: Sequence[Any], starts: Mapping[int, date], at: datetime) -> None:
    from ground.history import create_tracked
    from masterplan.models import Milestone

    rows = [
        Milestone(
            measure=measure,
            position=step,
            title=f"Schritt {step}",
            planned=starts[measure.pk] + timedelta(days=120 * step - 60),
        )
        for measure in measures
        for step in range(1, 6)
    ]
    create_tracked(rows, by=None, at=at)


def reported(starts: Mapping[int, date], at: datetime) -> None:
    from masterplan.updating import NewState, report_many

    states = [
        NewState(
            measure_id=key,
            values={
                "phase": ("IN_PROGRESS", "IN_PROGRESS", "PLANNED", "IN_PREPARATION", "PROPOSED", "DEFERRED")[place % 6],
                "health": ("ON_TRACK", "ON_TRACK", "AT_RISK", "CRITICAL", "NOT_ASSESSED")[place % 5],
                "health_reason": "Nach Absprache mit der Federführung.",
                "planned_start": start,
                "planned_end": start + timedelta(days=600),
            },
        )
        for place, (key, start) in enumerate(starts.items())
    ]
    report_many(states, by=None, now=at)


def every_third_postponed(starts: Mapping[int, date], at: datetime) -> None:
    from masterplan.updating import NewState, report_many

    states = [
        NewState(
            measure_id=key,
            values={"planned_end": start + timedelta(days=720)},
            reason="Die Ausschreibung brachte kein wirtschaftliches Angebot.",
            public_sentence="Die Stadt schreibt neu aus; der Vertrag kommt im Frühjahr.",
        )
        for key, start in list(starts.items())[::3]
    ]
    report_many(states, by=None, now=at)


if __name__ == "__main__":
    main()
