"""Edits of money, and its pages asked and sent as a browser does."""

import re
from decimal import Decimal

from masterplan.budgeting.lines import LineEdit
from tests.conformance.forms import forms_of


def tab(measure, part=""):
    return f"/arbeitsbereich/massnahmen/{measure.number}/haushalt/{part}"


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace(" .", ".")


def form_of(answer):
    """The data of the page's own form, which is the longest."""
    return max(forms_of(answer.content.decode()), key=lambda form: len(form.names)).sent()


def sent(client, where, **values):
    return client.post(where, form_of(client.get(where)) | values, follow=True)


def notices(answer):
    return [str(one) for one in answer.context["messages"]]


def as_money(name, value):
    return Decimal(value) if isinstance(value, int | str) and name != "product" else value


def edit(measure, year=2026, kind="EXPENSE", line=None, **values):
    figures = {name: as_money(name, value) for name, value in values.items()}
    return LineEdit(
        measure_id=measure.pk,
        year=year,
        kind=kind,
        values=figures,
        line_id=line.pk if line else None,
        expected_version=line.version if line else None,
    )
