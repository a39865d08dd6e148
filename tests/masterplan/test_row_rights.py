"""Who sees which measure: the querysets against the table of the domain, written out row by row."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from guardian.shortcuts import assign_perm

from accounts.access import Function, Role
from masterplan.models import Measure, Visibility
from tests.builders import appoint, make_measure, make_unit, make_user

pytestmark = pytest.mark.django_db

PUBLIC, INTERNAL, CONFIDENTIAL = Visibility.PUBLIC, Visibility.INTERNAL, Visibility.CONFIDENTIAL
STRANGER, OF_UNIT, RESPONSIBLE, DEPUTY, GRANTED = "stranger", "of the lead unit", "responsible", "deputy", "granted"
TIES = [STRANGER, OF_UNIT, RESPONSIBLE, DEPUTY, GRANTED]
OWN = {RESPONSIBLE, DEPUTY, GRANTED}
EVERYTHING = set(product(Visibility, TIES))
SHOWN = set(product([PUBLIC], TIES))
HOUSE = set(product([PUBLIC, INTERNAL], TIES))

IN_HOUSE = HOUSE | set(product([CONFIDENTIAL], {OF_UNIT} | OWN))

READERS = {
    "nobody": (None, SHOWN),
    Role.COUNCIL: (Role.COUNCIL, SHOWN),
    Role.SYSTEM_ADMINISTRATOR: (Role.SYSTEM_ADMINISTRATOR, SHOWN),
    Role.ADMINISTRATION: (Role.ADMINISTRATION, IN_HOUSE),
    Role.IT: (Role.IT, HOUSE | set(product([CONFIDENTIAL], OWN))),
    Role.DIGITAL_OFFICER: (Role.DIGITAL_OFFICER, EVERYTHING),
    Function.DEPUTY_DIGITAL_OFFICER: (Role.ADMINISTRATION, EVERYTHING),
    Function.ADMINISTRATION_HEAD: (Role.ADMINISTRATION, IN_HOUSE),
    Function.TREASURY: (Role.COUNCIL, SHOWN),
    Function.COUNCIL_OFFICE: (Role.COUNCIL, SHOWN),
    Function.DATA_PROTECTION: (Role.SYSTEM_ADMINISTRATOR, SHOWN),
}


def reader(who, role, unit):
    if role is None:
        return AnonymousUser()
    user = make_user(role, unit=unit)
    if isinstance(who, Function):
        appoint(user, who)
    return user


def measures_tied_to(user, unit):
    """One measure for each pair of visibility and tie, by its number: given while the user could answer for it."""
    if not isinstance(user, AnonymousUser):
        kept = user.role, user.is_active
        user.role, user.is_active = Role.ADMINISTRATION, True
    tied = {}
    for visibility, tie in product(Visibility, TIES):
        values = {RESPONSIBLE: {"responsible": user}, DEPUTY: {"deputy": user}, OF_UNIT: {"lead_unit": unit}}
        known = {} if isinstance(user, AnonymousUser) and tie != OF_UNIT else values.get(tie, {})
        measure = make_measure(f"{visibility} {tie}", visibility=visibility, **known)
        if tie == GRANTED and not isinstance(user, AnonymousUser):
            assign_perm("report_measure", user, measure)
        tied[measure.number] = (visibility, tie)
    if not isinstance(user, AnonymousUser):
        user.role, user.is_active = kept
    return tied


def found(rows, tied):
    return {tied[row.number] for row in rows}


@pytest.mark.parametrize(
    ("who", "role", "sees"), [(who, *row) for who, row in READERS.items()], ids=[str(who) for who in READERS]
)
def test_each_reader_sees_what_the_table_says(who, role, sees):
    unit = make_unit()
    user = reader(who, role, unit)
    tied = measures_tied_to(user, unit)

    assert found(Measure.objects.visible_to(user), tied) == sees


@pytest.mark.parametrize("role", list(Role))
def test_own_is_the_responsible_the_deputy_and_who_was_granted(role):
    user = make_user(role, unit=make_unit())
    tied = measures_tied_to(user, user.unit)

    assert found(Measure.objects.own(user), tied) == set(product(Visibility, OWN))


@pytest.mark.parametrize("role", list(Role))
def test_a_withdrawn_measure_is_there_for_nobody(role):
    user = make_user(role)
    measure = make_measure(visibility=PUBLIC)
    measure.withdrawn_at = timezone.now()
    measure.save_tracked(by=None)

    assert list(Measure.objects.visible_to(user)) == []


@pytest.mark.parametrize("role", list(Role))
def test_who_has_left_the_house_sees_what_everyone_sees(role):
    user = make_user(role, unit=make_unit(), is_active=False)
    tied = measures_tied_to(user, user.unit)

    assert found(Measure.objects.visible_to(user), tied) == SHOWN


def test_an_empty_unit_ties_nobody_to_a_measure_without_lead():
    clerk = make_user(Role.ADMINISTRATION)
    make_measure(visibility=CONFIDENTIAL)

    assert list(Measure.objects.visible_to(clerk)) == []


def test_a_grant_on_one_measure_opens_no_other():
    clerk = make_user(Role.ADMINISTRATION)
    mine, other = (make_measure(title, visibility=CONFIDENTIAL) for title in ("Eine", "Andere"))
    assign_perm("report_measure", clerk, mine)

    assert list(Measure.objects.visible_to(clerk)) == [mine]
    assert (clerk.has_perm("report_measure", mine), clerk.has_perm("report_measure", other)) == (True, False)
