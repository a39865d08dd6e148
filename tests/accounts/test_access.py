from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from accounts.access import GRANTS, Function, Perm, Role
from tests.builders import appoint, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_do_what_the_table_grants_and_nothing_else(role: Role) -> None:
    user = make_user(role)
    assert {perm for perm in Perm if user.has_perm(perm)} == {perm for perm in Perm if perm in GRANTS[role]}


@pytest.mark.parametrize(
    ("since", "until", "released"),
    [(-1, None, True), (0, 0, True), (1, None, False), (-9, -1, False)],
    ids=["since yesterday", "today only", "from tomorrow", "until yesterday"],
)
def test_a_function_counts_on_its_days(since: int, until: int | None, released: bool) -> None:
    user, today = make_user(), timezone.localdate()
    appoint(
        user,
        Function.ADMINISTRATION_HEAD,
        since=today + timedelta(since),
        until=None if until is None else today + timedelta(until),
    )
    assert user.has_perm(Perm.RELEASE_REPORTS) is released


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.SYSTEM_ADMINISTRATOR])
def test_a_function_does_not_count_for_who_is_outside_the_administration(role: Role) -> None:
    inside, outside = make_user(Role.ADMINISTRATION), make_user(role)
    for user in (inside, outside):
        appoint(user, Function.ADMINISTRATION_HEAD)

    assert [user.has_perm(Perm.RELEASE_REPORTS) for user in (inside, outside)] == [True, False]


def test_an_inactive_user_may_do_nothing() -> None:
    officer = make_user(Role.DIGITAL_OFFICER, is_active=False)
    assert [perm for perm in Perm if officer.has_perm(perm)] == []


def test_the_system_administrator_is_no_editor() -> None:
    administrator = make_user(Role.SYSTEM_ADMINISTRATOR)
    assert [perm for perm in Perm if administrator.has_perm(perm)] == []
    assert administrator.has_perm("accounts.change_user")


def test_nobody_prepares_and_releases_by_role_alone() -> None:
    assert [role for role in Role if {Perm.PREPARE_REPORTS, Perm.RELEASE_REPORTS} <= GRANTS[role]] == []


def test_the_address_counts_in_any_case() -> None:
    user = make_user(email="Erika@Stadt.example")
    assert authenticate(None, email="ERIKA@stadt.example", password="ein-langes-passwort") == user
