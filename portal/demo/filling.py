"""Fills an empty database with the example data, all or nothing."""

from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.access_changes import KIND
from accounts.models import Absence, Appointment, Unit, User
from council.models import LegislativeTerm
from ground.journal import Entry, record
from ground.models import Document, PublicVersion, Town
from ground.slugs import slug_of
from masterplan.models import Measure
from portal.demo import people, town
from portal.demo import strategy as words
from portal.demo.attachments import attached
from portal.demo.budgeting import budget_happenings
from portal.demo.council import make_bodies, make_meetings, seat
from portal.demo.days import Calendar, at
from portal.demo.deliberation import deliberate
from portal.demo.foresight import foresight
from portal.demo.happening import Cast, happenings
from portal.demo.reports import open_next_report, reports
from portal.demo.shield import draw_shield
from portal.demo.updates import make_updates
from portal.models import PageText
from strategy.models import FieldOfAction, Goal, Strategy, StrategyState

BEGINNING = -728
"""The day from which the example data tell, in days from today."""

STRATEGY_ROUND = 10
"""The round of meetings, back from the next one, in which the strategy was adopted."""


class DatabaseNotEmpty(Exception):
    """Something has been entered already; example data never mix with real ones."""


@transaction.atomic
def fill(*, today: date) -> None:
    """Raises DatabaseNotEmpty and changes nothing where there is a town, an account, a measure or a page's text."""
    if any(model._base_manager.exists() for model in (Town, User, Unit, Measure, Strategy, LegislativeTerm, PageText)):
        raise DatabaseNotEmpty
    calendar = Calendar(today)
    arms = Document.store(name="wappen.png", media_type="image/png", content=draw_shield())
    Town.objects.create(pk=1, arms=arms, **town.TOWN)
    PageText.objects.bulk_create(PageText(key=key, title=title, text=text) for key, (title, text) in town.PAGES.items())
    units = _units()
    users = _users(units, calendar)
    bodies = make_bodies(calendar)
    make_meetings(bodies)
    seat(users["rat"], bodies)
    deliberate(users["rat"], bodies, units)
    cast = Cast(
        calendar=calendar,
        bodies=bodies,
        officer=users["digital.officer"],
        users=users,
        units=units,
        goals={},
        fields=_fields(users["digital.officer"], calendar),
    )
    cast.goals = _adopted_strategy(cast)
    told = [*happenings(cast), *attached(cast), *budget_happenings(cast), *reports(cast), *foresight(cast)]
    for happening in sorted(told, key=lambda one: one.moment):
        happening.happen()
    _what_is_under_way(cast)
    PublicVersion.raise_()


def _what_is_under_way(cast: Cast) -> None:
    """Before the next report: units were asked by mail, some answered, somebody left."""
    make_updates(cast)
    open_next_report(cast)
    _leave(cast.users, cast.calendar)


def _units() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for name, short_name, kind, above, mailbox in town.UNITS:
        units[name] = Unit.objects.create(
            name=name,
            short_name=short_name,
            kind=kind,
            parent=units.get(above),
            email=f"{mailbox}@{people.DOMAIN}" if mailbox else "",
        )
    return units


def _users(units: dict[str, Unit], calendar: Calendar) -> dict[str, User]:
    joined = at(calendar.workday(BEGINNING), 7)
    hashed = {True: make_password(people.PASSWORD), False: make_password(None)}
    accounts = [(True, *row) for row in people.ACCOUNTS] + [(False, *row) for row in people.FURTHER]
    users = {
        mailbox: User.objects.create(
            email=f"{mailbox}@{people.DOMAIN}",
            name=name,
            role=role,
            unit=units.get(unit),
            password=hashed[logs_in],
            date_joined=joined,
        )
        for logs_in, mailbox, name, role, unit, _ in accounts
    }
    for _, mailbox, _, _, _, deputy in accounts:
        users[mailbox].deputy = users.get(deputy)
        users[mailbox].save(update_fields=["deputy"])
    for unit, mailbox in people.HEADS.items():
        units[unit].head = users[mailbox]
        units[unit].save(update_fields=["head"])
    for function, mailbox, acting in people.APPOINTMENTS:
        Appointment.objects.create(function=function, user=users[mailbox], since=joined.date(), acting=acting)
    mailbox, first, last = people.ABSENT
    first_day, last_day = (calendar.today + timedelta(days=offset) for offset in (first, last))
    Absence.objects.create(user=users[mailbox], first_day=first_day, last_day=last_day)
    return users


def _leave(users: dict[str, User], calendar: Calendar) -> None:
    mailbox, offset = people.LEFT
    users[mailbox].is_active = False
    users[mailbox].save(update_fields=["is_active"])
    told = Entry(subject=users[mailbox], kind=KIND, title="Benutzerin oder Benutzer geändert", after="Aktiv")
    record(told, by=users["system"], at=at(calendar.workday(offset), 8))


def _fields(officer: User, calendar: Calendar) -> dict[str, FieldOfAction]:
    fields = {}
    for position, (code, title, teaser, description) in enumerate(words.FIELDS, start=1):
        one = FieldOfAction(
            code=code,
            title=title,
            slug=slug_of(title, taken=(), suffix=code),
            teaser=teaser,
            description=description,
            position=position,
        )
        one.save_tracked(by=officer, at=at(calendar.workday(BEGINNING), 9))
        fields[code] = one
    return fields


def _adopted_strategy(cast: Cast) -> dict[str, Goal]:
    sitting = cast.bodies.sitting(words.ADOPTED_BY, STRATEGY_ROUND)
    strategy = Strategy(
        title=words.TITLE, vision=words.VISION, state=StrategyState.IN_FORCE, in_force_since=sitting.date()
    )
    strategy.save_tracked(by=cast.officer, at=sitting)
    goals = {}
    for position, (title, text) in enumerate(words.GOALS, start=1):
        slug = slug_of(title, taken=(), suffix=str(position))
        goals[title] = Goal(strategy=strategy, position=position, title=title, slug=slug, text=text)
        goals[title].save_tracked(by=cast.officer, at=sitting)
    body = cast.bodies.of(words.ADOPTED_BY, sitting.date()).name
    record(
        Entry(subject=strategy, kind="strategy.in_force", title="Strategie in Kraft", after=body, public=True),
        by=cast.officer,
        at=sitting,
    )
    return goals
