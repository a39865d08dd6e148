"""States of the pages by personal link."""

from django.test import Client
from django.utils import timezone

from masterplan.asking import ask
from masterplan.models import Visibility
from tests.builders import make_measure, make_user
from tests.conformance.pressing import press
from tests.safety.parameters import link_to


def measures_reported_by_link(client, town):
    """A list, one after the other to the thanks, and what comes too late; by one of whom four measures are asked."""
    user, visitor = make_user(), Client()
    measures = [
        make_measure(f"Gefragt {place}", responsible=user, state={"phase": "IN_PROGRESS"}) for place in range(3)
    ]
    hidden = make_measure("Nichtöffentlich", responsible=user, visibility=Visibility.CONFIDENTIAL)
    ask(measure_ids=[one.pk for one in (*measures, hidden)], due=timezone.localdate(), by=town.officer)
    start = f"/link/stand/{link_to('status_by_link', 'user:1', user)}/"
    yield visitor.get(start)
    one, other, last = (f"{start}?massnahme={measure.number}" for measure in measures)
    yield visitor.get(one)
    yield (form := visitor.get(f"{one}&schritt=angaben"))
    yield press(visitor, form, "/", then="check", course="CRITICAL")
    yield press(visitor, form, "/", then="check", course="CRITICAL", reason="Vergabe")
    yield (written := press(visitor, visitor.get(f"{one}&schritt=angaben"), "/", then="check", reason="Vergabe"))
    yield visitor.get(one)
    yield visitor.post(written.wsgi_request.get_full_path(), {"seen": written.context["update"].version}, follow=True)
    yield visitor.post(f"{other}&schritt=unveraendert", follow=True)
    yield visitor.post(f"{last}&schritt=unveraendert", follow=True)
    yield visitor.post(f"{one}&schritt=angaben", {"reason": "Zu spät geschrieben"})
    yield visitor.get(f"{start}?massnahme={hidden.number}")
    yield visitor.get(f"/link/stand/{link_to('status_by_link', 'user:2', make_user())}/")
