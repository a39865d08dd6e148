"""Many workers, a killed worker and a real one: each mail reaches the mail server once."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from ground import tasks
from ground.models import Mail, MailState
from ground.posting.outbox import post
from ground.posting.rules import HANGS_AFTER
from ground.posting.sending import UNCERTAIN, send
from ground.posting.sweeping import sweep_mails
from tests import mail_servers, services
from tests.builders import NOW, make_mail

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
MANY = 20


@pytest.fixture
def server(settings):
    with mail_servers.smtp() as running:
        settings.MAILERS = mail_servers.mailers(running.port)
        yield running


def at_once(call, count=MANY):
    """What each of so many callers got, all of whom began together."""
    begin = Barrier(count)

    def run(number):
        try:
            begin.wait(timeout=30)
            return call(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def test_of_many_workers_one_sends_the_mail(server):
    mail = make_mail(state=MailState.WAITING, attempts=0)

    sent = at_once(lambda _: send(mail_id=mail.pk, now=NOW))

    assert (sorted(sent), len(server.letters)) == ([False] * (MANY - 1) + [True], 1)


def test_of_many_who_post_the_same_there_is_one_mail(monkeypatch):
    monkeypatch.setattr(tasks.send_mail, "delay", lambda mail_id: None)
    usual = {"kind": "probe", "address": "amt@stadt.example", "subject": "Ihr Stand", "text": "Guten Tag.", "now": NOW}

    made = at_once(lambda number: post(key="probe:1", **usual).pk)

    assert made == [Mail.objects.get().pk] * MANY


def test_two_sweeps_at_once_send_each_mail_once(server):
    for number in range(10):
        make_mail(f"probe:{number}", MailState.WAITING, attempts=0, address=f"amt{number}@stadt.example")

    at_once(lambda _: [send(mail_id=one, now=NOW) for one in sweep_mails(now=NOW)], count=2)

    assert sorted(to for to, _ in server.letters) == sorted(f"amt{number}@stadt.example" for number in range(10))


def wait_for(mail, *states, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        mail.refresh_from_db()
        if mail.state in states:
            return mail.state
        time.sleep(0.02)
    raise AssertionError(f"still {mail.state}: {mail.reason} {mail.answer}")


def alone(server, database):
    """What a worker of one's own has to know: its queue is another than that of the tests' worker."""
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(connection.settings_dict)
    queue = settings.REDIS_URL.rsplit("/", 1)[0]
    return {"DATABASE_URL": url, "REDIS_URL": f"{queue}/{database}", "EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}


def call(task, environment):
    """From a process that knows the same queue as the worker."""
    source = f"import django; django.setup(); from ground import tasks; tasks.{task}"
    known = {**os.environ, **environment, "DJANGO_SETTINGS_MODULE": "winsen_digital.settings"}
    subprocess.run([sys.executable, "-c", source], cwd=settings.BASE_DIR, env=known, check=True)


def test_a_real_worker_sends_what_the_sweep_finds(server):
    mail = make_mail(state=MailState.WAITING, attempts=0, send_after=timezone.now())
    refused = make_mail("probe:2", MailState.WAITING, attempts=0, address="unbekannt@stadt.example")
    environment = alone(server, 7)

    with services.worker(**environment):
        call("sweep_mails.delay()", environment)
        states = [wait_for(one, MailState.SENT, MailState.FAILED) for one in (mail, refused)]

    assert (states, [to for to, _ in server.letters]) == ([MailState.SENT, MailState.FAILED], ["amt@stadt.example"])


def kill_with_children(process):
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.send_signal(signal.SIGSTOP)
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    process.kill()
    process.wait()


@pytest.mark.prove
def test_what_a_killed_worker_had_in_hand_is_left_to_a_person(server):
    mail = make_mail(state=MailState.WAITING, attempts=0, address="stille@stadt.example", send_after=timezone.now())
    environment = alone(server, 9)

    with services.worker(**environment) as worker:
        call(f"send_mail.delay({mail.pk})", environment)
        wait_for(mail, MailState.SENDING)
        kill_with_children(worker)
    Mail.objects.filter(pk=mail.pk).update(claimed_at=timezone.now() - HANGS_AFTER - timedelta(seconds=1))
    with services.worker(**environment):
        call("sweep_mails.delay()", environment)
        wait_for(mail, MailState.FAILED)

    assert (mail.reason, server.letters) == (UNCERTAIN, [])
