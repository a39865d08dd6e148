"""What a personal link and its mail show of the example town: what is asked of the person or sent by it, no more."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from ground.models import Mail
from masterplan.asking import ask
from masterplan.models import Measure, StatusUpdate
from masterplan.reminding.mailing import remind
from masterplan.reminding.whom import awaited, called_for
from tests.safety.parameters import link_to
from tests.safety.visitors import visitor

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 3, 1, 8, tzinfo=UTC)
NAME, NOTE, TITLE = "Namensprobe", "Notizprobe", "Titelprobe"


@pytest.fixture(autouse=True)
def marked(town):
    """All is asked; every name and note is marked, and every title with its row."""
    ask(measure_ids=Measure.objects.values_list("pk", flat=True), due=MONDAY.date(), by=town.officer, now=MONDAY)
    User.objects.update(name=NAME)
    for measure in Measure.objects.all():
        measure.title, measure.internal_notes = f"{TITLE}-{measure.pk}-", NOTE
        measure.save_tracked(by=None, at=MONDAY)


def asked_on(day):
    """By person the measures of which an answer is asked; on another day others may be away."""
    found = {}
    for measure, one in called_for(list(awaited()), day).items():
        for person in one.answering:
            found.setdefault(person, set()).add(measure)
    return found


def titles_in(text):
    return {int(part.split("-")[1]) for part in text.split(TITLE)[1:]}


def test_the_marks_are_seen_where_they_may_be():
    page = visitor("DIGITAL_OFFICER").get("/arbeitsbereich/statusmeldungen/").content.decode()
    assert (NAME in page, titles_in(page) >= {one.measure_id for one in awaited()}) == (True, True)


def test_a_link_shows_the_own_asked_measures_alone():
    for person, own in asked_on(timezone.localdate()).items():
        start = f"/link/stand/{link_to('status_by_link', f'user:{person}', User.objects.get(pk=person))}/"
        numbers = Measure.objects.filter(pk__in=own).values_list("number", flat=True)
        steps = ("", "&schritt=angaben", "&schritt=pruefen")
        pages = [start, *(f"{start}?massnahme={number}{step}" for number in numbers for step in steps)]
        told = "".join(Client().get(page, follow=True).content.decode() for page in pages)
        sent = set(StatusUpdate.objects.submitted().filter(author=person).values_list("measure", flat=True))
        assert (titles_in(told) - own - sent, NAME in told, NOTE in told) == (set(), False, False)


def test_a_mail_names_the_own_asked_measures_alone():
    people = asked_on(MONDAY.date())
    assert remind(now=MONDAY)
    for mail in Mail.objects.filter(created_at=MONDAY):
        heads = set(Measure.objects.filter(lead_unit__head=mail.recipient).values_list("pk", flat=True))
        with_grants = Measure.objects.own(mail.recipient).filter(grants__isnull=False).values_list("pk", flat=True)
        allowed = people.get(mail.recipient_id, set()) | heads | set(with_grants)
        assert (titles_in(mail.text) - allowed, titles_in(mail.subject), NAME in mail.text, NOTE in mail.text) == (
            set(),
            set(),
            False,
            False,
        )
