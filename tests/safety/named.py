"""Which columns the `public` modules name: whatever they take by `.values()` or `.values_list()` while pages are made.

Read from the query that they build, not from their source, so that constants, joins, annotations and subqueries count
as what they are. A column that no public module takes is internal, without anyone having to say so.
"""

import re
import sys
from contextlib import contextmanager

from django.db.models import Field, QuerySet
from django.db.models.expressions import Col

PUBLIC_MODULE = re.compile(r"[a-z_]+\.public(\.|$)")


def calling_module():
    frame = sys._getframe(2)
    while frame and frame.f_globals.get("__name__", "").startswith(("django.", __name__)):
        frame = frame.f_back
    return frame.f_globals.get("__name__", "") if frame else ""


def columns_of(query):
    for expression in [*query.select, *query.annotation_select.values()]:
        for part in expression.flatten():
            if isinstance(part, Col):
                yield part.target


@contextmanager
def named_by_public_modules():
    """Fills the set that it yields with the fields that public modules take."""
    named: set[Field] = set()
    real = QuerySet._values

    def values(self, *fields, **expressions):
        rows = real(self, *fields, **expressions)
        if PUBLIC_MODULE.match(calling_module()):
            named.update(columns_of(rows.query))
        return rows

    QuerySet._values = values
    try:
        yield named
    finally:
        QuerySet._values = real
