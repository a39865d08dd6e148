"""Whatever happens in whatever order: one mail a person and day, and none about what is answered."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Absence
from ground.models import Mail
from masterplan.asking import ask
from masterplan.drafting import report_unchanged
from masterplan.models import Measure, Reminder, StatusRequest
from masterplan.reminding.mailing import remind
from tests.builders import make_grant, make_measure, make_officer, make_unit, make_user

BEGIN = date(2026, 11, 9)
ACTS = st.sampled_from(["ask one", "ask two", "answer one", "answer two", "grant", "absent", "back", "remind", "night"])


def at(day):
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


class WhateverHappens(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(acts=st.lists(ACTS, min_size=8, max_size=30))
    def test_one_mail_a_day_and_none_after_the_answer(self, acts) -> None:
        officer, clerk, deputy = make_officer(), make_user(), make_user()
        head = make_unit(head=make_user())
        measures = {
            name: make_measure(name, responsible=clerk, deputy=deputy, lead_unit=head) for name in ("one", "two")
        }
        day = BEGIN
        for act in acts:
            verb, _, name = act.partition(" ")
            self.do(verb, measures.get(name) or measures["one"], officer, clerk, day)
            day += timedelta(days=verb == "night")
        mails = list(Mail.objects.values_list("recipient", "created_at__date"))
        assert len(mails) == len(set(mails))

    def do(self, verb, measure, officer, clerk, day):
        if verb == "ask":
            ask(measure_ids=[measure.pk], due=day + timedelta(days=4), by=officer, now=at(day))
        elif verb == "answer" and not measure.updates.open().exists():
            report_unchanged(measure_id=measure.pk, by=clerk, now=at(day))
        elif verb == "grant":
            make_grant(measure, apply_by=day + timedelta(days=3))
        elif verb in ("absent", "back"):
            Absence.objects.all().delete()
            if verb == "absent":
                Absence.objects.create(user=clerk, first_day=day, last_day=day + timedelta(days=3))
        elif verb in ("remind", "night"):
            unasked = Measure.objects.exclude(requests__in=StatusRequest.objects.open())
            silent = dict(unasked.values_list("title", "pk"))
            known = set(Reminder.objects.values_list("pk", flat=True))
            mails = remind(now=at(day))
            told = Reminder.objects.exclude(pk__in=known).values_list("request__measure", flat=True)
            assert set(told) & set(silent.values()) == set()
            assert [title for mail in mails for title in silent if f" {title}, " in mail.text] == []
