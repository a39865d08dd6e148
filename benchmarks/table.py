"""The workspace's table of 1,000 measures against a template that prints the same rows from plain dicts.

The real page asks the database, counts the filter, offers each cell for changing and goes through the middleware; the
plain one is a loop of cells. Both show the same figures. What counts is processor time, taken in turns.
"""

import dataclasses
import logging
import os
import sys
import time
from functools import partial
from typing import Any

import django

from benchmarks.pages import fill, in_turns, nothing, own_database, signed_in

SIZE = 1000
MOST = 3.0
"""How many times the plain template's time the page may take."""
ADDRESS = "/arbeitsbereich/massnahmen/?zeilen=alle"
PLAIN = """<table>{% for row in rows %}<tr>
<td><input type="checkbox" name="pick" value="{{ row.number }}"></td>
<th><a href="{{ row.url }}"><b>{{ row.number }}</b> {{ row.title }}</a></th>
<td>{{ row.phase }}</td><td>{{ row.status.label }}</td>
<td>{{ row.progress_words }}<svg><rect width="{{ row.progress }}%"/></svg></td>
<td>{{ row.end }}</td><td{% if row.late %} class="late"{% endif %}>{{ row.delay }}</td>
<td>{{ row.unit }}<br>{{ row.responsible }}</td><td>{{ row.visibility }}</td>
</tr>{% endfor %}</table>"""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "winsen_digital.settings")
    django.setup()
    from django.db import connection
    from django.template import engines
    from django.test.utils import CaptureQueriesContext, override_settings

    from masterplan.views.table import drawn
    from tests.builders import make_officer

    logging.disable(logging.INFO)
    with override_settings(ALLOWED_HOSTS=["testserver"]), own_database():
        fill(SIZE)
        officer = signed_in(make_officer())
        officer.get(ADDRESS)
        with CaptureQueriesContext(connection) as captured:
            officer.get(ADDRESS)
        queries = len(captured)
        rows = plain_rows()
        plain = engines["django"].from_string(PLAIN)
        drawn.cache_clear()
        started = time.process_time()
        officer.get(ADDRESS)
        first = (time.process_time() - started) * 1000
        page, base = in_turns(partial(officer.get, ADDRESS), partial(plain.render, {"rows": rows}), nothing)
    ratio = page / base
    print(f"{len(rows)} rows, {queries} queries: page {page:.0f} ms, plain rows {base:.0f} ms, {ratio:.2f} times")
    print(f"Where no row was drawn before (a process that just started): {first:.0f} ms, {first / base:.2f} times")
    if ratio > MOST:
        sys.exit(f"The table takes more than {MOST} times the plain rows.")


def plain_rows() -> list[dict[str, Any]]:
    """What the table shows, without the parts that are drawn."""
    from masterplan.models import Measure
    from masterplan.worklist import DEFAULT_SORT, ordered, rows
    from tests.builders import TODAY

    return [vars_of(row) for row in rows(ordered(Measure.objects.current(), DEFAULT_SORT, TODAY), TODAY)]


def vars_of(row: Any) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}


if __name__ == "__main__":
    main()
