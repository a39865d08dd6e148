"""Asks, reminds and tells of grants' deadlines by mail: one a person and day with all their measures.

It writes on working days from seven o'clock and may run as often as it likes: what was told is remembered step by step,
and a person's mail of a day has one key.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.access import Perm, require
from accounts.models import User
from accounts.officer import officer_on
from ground.formats import day
from ground.linking import make_link
from ground.models import Mail, SignedLink, Town
from ground.posting.outbox import LINK, post
from ground.workdays import is_workday, workdays_between
from masterplan.models import GrantReminder, Reminder, StatusRequest, StatusUpdate, Visibility
from masterplan.reminding.grants import Told, grants_to_tell
from masterplan.reminding.rules import LINK_HOLDS, Step, is_left_to_the_desk
from masterplan.reminding.whom import Called, awaited, called_for
from masterplan.reminding.words import RETURNED, RETURNED_SUBJECT, SIGNED, GrantItem, Item, Letter

KIND, KIND_RETURNED, KIND_GRANT = "status.asked", "status.returned", "grant.due"
PURPOSE = "status_by_link"
FROM_HOUR = 7


class MailedToday(Exception):
    """The person has had today's mail; what is new goes into the next one."""


class NobodyStandsIn(Exception):
    """The measure has no deputy who could answer, or nobody is asked any more."""


def remind(*, now: datetime) -> list[Mail]:
    """The mails of today that were not written yet."""
    today = timezone.localdate(now)
    if not is_workday(today) or timezone.localtime(now).hour < FROM_HOUR:
        return []
    written = [_write(person, now=now) for person in sorted(_due(today).keys() | grants_to_tell(today))]
    return [mail for mail in written if mail]


@transaction.atomic
def send_to_stand_in(*, request_id: int, by: Any, now: datetime) -> Mail:
    """At once, where the mail to the responsible did not arrive. Raises NobodyStandsIn or MailedToday."""
    require(by, Perm.APPROVE_STATUS)
    today = timezone.localdate(now)
    request = awaited().filter(pk=request_id).first()
    person = called_for([request], today)[request.measure_id].stand_in if request else None
    if request is None or person is None:
        raise NobodyStandsIn
    mail = _write(person, now=now, also=request)
    if mail is None:
        raise MailedToday
    return mail


def key_of(person: int, today: date) -> str:
    return f"statusmeldung:{today}:user-{person}"


def _due(today: date, only: int | None = None) -> dict[int, list[tuple[StatusRequest, Step]]]:
    """By person what is asked of them and was not told yet."""
    requests = [one for one in awaited() if not is_left_to_the_desk(workdays_between(one.due, today))]
    known = set(Reminder.objects.filter(request__in=requests).values_list("request", "recipient", "step", "due"))
    called = called_for(requests, today)
    found = defaultdict(list)
    for one in requests:
        for person, step in called[one.measure_id].steps.items():
            if (one.pk, person, step.value, one.due) not in known and only in (None, person):
                found[person].append((one, step))
    return found


@transaction.atomic
def _write(person: int, *, now: datetime, also: StatusRequest | None = None) -> Mail | None:
    """None where today's mail is written already or nothing is left to be told. Who else writes to them waits here."""
    user, today = User.objects.select_for_update(of=("self",)).get(pk=person), timezone.localdate(now)
    new, told = _due(today, only=person).get(person, []), grants_to_tell(today).get(person, [])
    if also and also.pk not in [one.pk for one, _ in new]:
        new.append((also, Step.ASKED))
    if not (new or told) or Mail.objects.filter(key=key_of(person, today)).exists():
        return None
    letter = _letter(user, [one for one, _ in new], told, now)
    mail = post(
        key=key_of(person, today),
        kind=KIND if new else KIND_GRANT,
        recipient=user,
        subject=letter.subject,
        text=letter.text,
        link=_link(user, letter.until, now) if letter.has_link else None,
        now=now,
    )
    sent = {"recipient": user, "mail": mail, "sent_at": now}
    asked = [Reminder(request=one, step=step, due=one.due, **sent) for one, step in new]
    Reminder.objects.bulk_create(asked, ignore_conflicts=True)
    reminded = [GrantReminder(grant=grant, step=step, due=due, **sent) for grant, _, due, step in told]
    GrantReminder.objects.bulk_create(reminded, ignore_conflicts=True)
    return mail


def _letter(user: User, new: Sequence[StatusRequest], told: Sequence[Told], now: datetime) -> Letter:
    """With what is newly asked all else that is still asked of the person."""
    today, fresh = timezone.localdate(now), {one.pk for one in new}
    requests = list(awaited()) if new else []
    called = called_for(requests, today)
    own, of_unit = [], []
    for one in requests:
        whom = called[one.measure_id]
        answers = user.pk in whom.answering or (one.pk in fresh and whom.stand_in == user.pk)
        if answers and (one.pk in fresh or user.pk in whom.steps):
            own.append(_item(one, user, whom, today))
        elif one.pk in fresh:
            of_unit.append(_item(one, user, whom, today))
    until = max([today, *(one.due for one in own)]) + LINK_HOLDS
    due = [_grant(one, today) for one in told]
    return Letter(own, of_unit, due, _taken_over(user, now), until, _workspace(), _whom_to_ask(today), _portal())


def _grant(told: Told, today: date) -> GrantItem:
    grant, what, due, _ = told
    measure = grant.measure
    return GrantItem(
        number=measure.number,
        title="" if measure.visibility == Visibility.CONFIDENTIAL else measure.title,
        what=what,
        due=due,
        missed=due < today,
        programme=grant.programme,
        address=f"{settings.SITE_URL}{reverse('measure_budget', args=[measure.number])}",
    )


def _item(request: StatusRequest, user: User, called: Called, today: date) -> Item:
    measure = request.measure
    return Item(
        number=measure.number,
        title="" if measure.visibility == Visibility.CONFIDENTIAL else measure.title,
        due=request.due,
        late=request.due < today,
        in_lieu=called.stand_in == user.pk and measure.responsible_id != user.pk,
    )


def _taken_over(user: User, now: datetime) -> list[str]:
    """Since the last mail; what was sent goes by its number, so that one mail tells of all."""
    last = Mail.objects.filter(recipient=user, kind__in=(KIND, KIND_GRANT)).values_list("created_at", flat=True).first()
    if last is None:
        return []
    done = StatusUpdate.objects.approved().filter(author=user, decided_at__gt=last, decided_at__lte=now)
    return list(done.exclude(decided_by=user).order_by("decided_at").values_list("measure__number", flat=True))


def _link(user: User, until: date, now: datetime) -> SignedLink:
    """The one the person has, where it holds long enough: it opens whatever is asked."""
    ends = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min)) - timedelta(seconds=1)
    mine = SignedLink.objects.filter(purpose=PURPOSE, subject=f"user:{user.pk}", for_user=user).in_force(now)
    return mine.filter(expires_at__gte=ends).first() or make_link(
        purpose=PURPOSE, subject=f"user:{user.pk}", for_user=user, expires_at=ends, now=now, by=None
    )


def tell_returned(update: StatusUpdate, *, by: Any, now: datetime) -> Mail | None:
    """At once and by a mail of its own: who sent an update waits for it, and the question must not wait for a day."""
    author, today = update.author, timezone.localdate(now)
    if author is None or author == by or not (author.is_active and author.email):
        return None
    request = awaited().filter(measure=update.measure).first()
    opens = request is not None and _opens(request, author, today)
    until = max(today, request.due if request else today) + LINK_HOLDS
    hidden = update.measure.visibility == Visibility.CONFIDENTIAL
    way = f"Ihr persönlicher Link, gültig bis {day(until)}:\n\n{LINK}" if opens else f"Mit Anmeldung: {_workspace()}"
    said = {
        "what": update.measure.number if hidden else f"{update.measure.number} {update.measure.title}",
        "way": way,
        "ask": _whom_to_ask(today),
        "signed": SIGNED.format(portal=_portal()),
    }
    return post(
        key=f"statusmeldung:zurueck:{update.pk}:{update.version}",
        kind=KIND_RETURNED,
        recipient=author,
        subject=RETURNED_SUBJECT,
        text=RETURNED.format(**said),
        link=_link(author, until, now) if opens else None,
        now=now,
    )


def _opens(request: StatusRequest, user: User, today: date) -> bool:
    is_shown = request.measure.visibility != Visibility.CONFIDENTIAL
    called: Mapping[int, Called] = called_for([request], today)
    return is_shown and user.pk in called[request.measure_id].answering


def _workspace() -> str:
    return f"{settings.SITE_URL}{reverse('updates')}"


def _whom_to_ask(today: date) -> str:
    """The Digital Officer is named; nobody else of the house is."""
    officer = officer_on(today)
    if officer:
        return f"{officer[0][0].upper()}{officer[0][1:]} hilft: {officer[1].email}"
    return f"Schreiben Sie an {Town.objects.values_list('email', flat=True).first() or settings.DEFAULT_FROM_EMAIL}"


def _portal() -> str:
    return Town.objects.values_list("portal_name", flat=True).first() or "Digitalportal"
