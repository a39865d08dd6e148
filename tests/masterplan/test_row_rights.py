"""Who sees and who reports on which measure: the querysets against the table of the domain, written out row by row."""

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

READERS = {
    "nobody": (None, set(), set()),
    Role.COUNCIL: (Role.COUNCIL, SHOWN, set()),
    Role.SYSTEM_ADMINISTRATOR: (Role.SYSTEM_ADMINISTRATOR, SHOWN, set()),
    Role.ADMINISTRATION: (
        Role.ADMINISTRATION,
        HOUSE | set(product([CONFIDENTIAL], {OF_UNIT} | OWN)),
        set(product(Visibility, OWN)),
    ),
    Role.IT: (Role.IT, HOUSE | set(product([CONFIDENTIAL], OWN)), set(product(Visibility, OWN))),
    Role.DIGITAL_OFFICER: (Role.DIGITAL_OFFICER, EVERYTHING, EVERYTHING),
    Function.DEPUTY_DIGITAL_OFFICER: (Role.ADMINISTRATION, EVERYTHING, EVERYTHING),
    Function.ADMINISTRATION_HEAD: (
        Role.ADMINISTRATION,
        HOUSE | set(product([CONFIDENTIAL], {OF_UNIT} | OWN)),
        set(product(Visibility, OWN)),
    ),
    Function.TREASURY: (Role.COUNCIL, SHOWN, set()),
    Function.COUNCIL_OFFICE: (Role.COUNCIL, SHOWN, set()),
    Function.DATA_PROTECTION: (Role.SYSTEM_ADMINISTRATOR, SHOWN, set()),
}


def reader(who, role, unit):
    if role is None:
        return AnonymousUser()
    user = make_user(role, unit=unit)
    if isinstance(who, Function):
        appoint(user, who)
    return user


def measures_tied_to(user, unit):
    """One measure for each pair of visibility and tie, by its number."""
    tied = {}
    for visibility, tie in product(Visibility, TIES):
        values = {RESPONSIBLE: {"responsible": user}, DEPUTY: {"deputy": user}, OF_UNIT: {"lead_unit": unit}}
        known = {} if isinstance(user, AnonymousUser) and tie != OF_UNIT else values.get(tie, {})
        measure = make_measure(f"{visibility} {tie}", visibility=visibility, **known)
        if tie == GRANTED and not isinstance(user, AnonymousUser):
            assign_perm("report_measure", user, measure)
        tied[measure.number] = (visibility, tie)
    return tied


def found(rows, tied):
    return {tied[row.number] for row in rows}


@pytest.mark.parametrize(
    ("who", "role", "sees", "reports"), [(who, *row) for who, row in READERS.items()], ids=[str(who) for who in READERS]
)
def test_each_reader_sees_and_reports_on_what_the_table_says(who, role, sees, reports):
    unit = make_unit()
    user = reader(who, role, unit)
    tied = measures_tied_to(user, unit)

    visible = found(Measure.objects.visible_to(user), tied)

    assert visible == (sees or SHOWN)
    if role is not None:
        assert found(Measure.objects.reportable_by(user), tied) == reports


@pytest.mark.parametrize("role", list(Role))
def test_own_is_the_responsible_the_deputy_and_who_was_granted(role):
    user = make_user(role, unit=make_unit())
    tied = measures_tied_to(user, user.unit)

    assert found(Measure.objects.own(user), tied) == set(product(Visibility, OWN))


@pytest.mark.parametrize("role", list(Role))
def test_a_withdrawn_measure_is_there_for_nobody(role):
    user = make_user(role)
    measure = make_measure(visibility=PUBLIC, responsible=user)
    measure.withdrawn_at = timezone.now()
    measure.save_tracked(by=None)

    assert list(Measure.objects.visible_to(user)) == list(Measure.objects.reportable_by(user)) == []


@pytest.mark.parametrize("role", list(Role))
def test_who_has_left_the_house_sees_what_everyone_sees(role):
    user = make_user(role, unit=make_unit(), is_active=False)
    tied = measures_tied_to(user, user.unit)

    assert (found(Measure.objects.visible_to(user), tied), found(Measure.objects.reportable_by(user), tied)) == (
        SHOWN,
        set(),
    )


def test_an_empty_unit_ties_nobody_to_a_measure_without_lead():
    clerk = make_user(Role.ADMINISTRATION)
    make_measure(visibility=CONFIDENTIAL)

    assert list(Measure.objects.visible_to(clerk)) == []


def test_a_grant_on_one_measure_opens_no_other():
    clerk = make_user(Role.ADMINISTRATION)
    mine, other = (make_measure(title, visibility=CONFIDENTIAL) for title in ("Eine", "Andere"))
    assign_perm("report_measure", clerk, mine)

    assert list(Measure.objects.visible_to(clerk)) == list(Measure.objects.reportable_by(clerk)) == [mine]
    assert (clerk.has_perm("report_measure", mine), clerk.has_perm("report_measure", other)) == (True, False)
