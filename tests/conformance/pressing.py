"""Sends a form of a page as a person would who changes a word and presses the button."""

from tests.conformance.forms import forms_of
from tests.conformance.gathering import local


def press(client, answer, part, **more):
    """Sends the form of the page whose address ends in `part`, with `more` in it."""
    where = answer.wsgi_request.get_full_path()
    targets = [(local(form.action, where), form) for form in forms_of(answer.content.decode())]
    target, form = next(one for one in targets if one[0].partition("?")[0].endswith(part))
    return client.post(target, form.sent() | more, follow=True)
