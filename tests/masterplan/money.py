"""Pages with money, asked and sent as a browser does."""

import re

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
