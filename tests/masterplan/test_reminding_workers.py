"""Many schedulers at once: each person has one mail, each step is told once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connections

from ground import tasks
from ground.models import Mail
from masterplan.asking import ask
from masterplan.models import Reminder
from masterplan.reminding.mailing import remind
from tests.builders import make_measure, make_officer, make_user

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)
MANY = 10


def test_of_many_schedulers_one_writes_each_mail(monkeypatch):
    monkeypatch.setattr(tasks.send_mail, "delay", lambda mail_id: None)
    people = [make_user(), make_user()]
    measures = [make_measure(f"M {place}", responsible=people[place % 2]) for place in range(4)]
    ask(measure_ids=[one.pk for one in measures], due=MORNING.date(), by=make_officer(), now=MORNING)
    begin = Barrier(MANY)

    def run(_):
        try:
            begin.wait(timeout=30)
            return len(remind(now=MORNING))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as threads:
        written = sum(threads.map(run, range(MANY)))

    assert (written, Mail.objects.count(), Reminder.objects.count()) == (2, 2, 4)
