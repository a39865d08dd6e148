"""The way of a report as a table: what each step makes of each state, or why it refuses."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.access import Function, Role
from accounts.models import User
from ground.history import StaleRow
from ground.models import Event
from reporting import public
from reporting.drafting import ask_for_draft
from reporting.freezing import ReportAlreadyFrozen, ReportNotFrozen, correct, freeze
from reporting.models import EditionKind, Report
from reporting.opening import ReportNotOpen, write_report
from reporting.releasing import ReportNotWaiting, release
from reporting.returning import CommentMissing, ReportNotReturned, give_back, latest_return, withdraw_return
from tests.builders import appoint, make_user
from tests.reporting.conftest import FROZEN_AT, H2
from tests.reporting.stand_ins import make_files

COMMENT = "Bitte die Zahl auf Seite 3 prüfen."


def steps(world):
    pk, officer, head = world.report.pk, world.officer, world.head
    return {
        "write": lambda: write_report(report_id=pk, assessment="x", meeting=None, expected_version=None, by=officer),
        "draft": lambda: ask_for_draft(report_id=pk, kind=EditionKind.PUBLIC, by=officer),
        "freeze": lambda: make_files(freeze(report_id=pk, by=officer, now=FROZEN_AT)),
        "correct": lambda: make_files(correct(report_id=pk, reason="Zahl", expected_version=None, by=officer)),
        "release": lambda: release(report_id=pk, by=head),
        "give back": lambda: give_back(report_id=pk, comment=COMMENT, expected_version=None, by=head),
        "withdraw": lambda: withdraw_return(report_id=pk, by=head),
    }


WAY_TO = {
    "COLLECTING": (),
    "FROZEN": ("freeze",),
    "RETURNED": ("freeze", "give back"),
    "RELEASED": ("freeze", "release"),
}
AFTER = {
    "COLLECTING": {
        "write": "COLLECTING",
        "draft": "COLLECTING",
        "freeze": "FROZEN",
        "correct": ReportNotFrozen,
        "release": ReportNotWaiting,
        "give back": ReportNotWaiting,
        "withdraw": ReportNotReturned,
    },
    "FROZEN": {
        "write": ReportNotOpen,
        "draft": ReportNotOpen,
        "freeze": ReportAlreadyFrozen,
        "correct": "FROZEN",
        "release": "RELEASED",
        "give back": "RETURNED",
        "withdraw": ReportNotReturned,
    },
    "RETURNED": {
        "write": ReportNotOpen,
        "draft": ReportNotOpen,
        "freeze": ReportAlreadyFrozen,
        "correct": "FROZEN",
        "release": ReportNotWaiting,
        "give back": ReportNotWaiting,
        "withdraw": "FROZEN",
    },
    "RELEASED": {
        "write": ReportNotOpen,
        "draft": ReportNotOpen,
        "freeze": ReportAlreadyFrozen,
        "correct": "FROZEN",
        "release": ReportNotWaiting,
        "give back": ReportNotWaiting,
        "withdraw": ReportNotReturned,
    },
}


@pytest.mark.parametrize("step", AFTER["FROZEN"])
@pytest.mark.parametrize("state", AFTER)
def test_each_step_leads_where_the_table_says_or_changes_nothing(world, state, step):
    take = steps(world)
    for before in WAY_TO[state]:
        take[before]()
    known, after = Report.objects.get().version, AFTER[state][step]
    if isinstance(after, str):
        take[step]()
        assert Report.objects.get().state == after
    else:
        with pytest.raises(after):
            take[step]()
        assert (Report.objects.get().state, Report.objects.get().version) == (state, known)


@pytest.fixture
def returned(world, snapshot):
    give_back(report_id=world.report.pk, comment=COMMENT, expected_version=None, by=world.head)
    return Report.objects.get()


def test_a_comment_is_kept_in_the_journal_and_never_public(world, returned):
    told = Event.objects.about(returned).latest("pk")
    assert (told.kind, told.title, told.after, told.reason, told.author, told.public) == (
        "report.returned",
        "Bericht zurückgegeben",
        "1. Fassung",
        COMMENT,
        world.head,
        False,
    )


def test_a_report_is_not_given_back_without_a_comment(world, snapshot):
    with pytest.raises(CommentMissing):
        give_back(report_id=world.report.pk, comment="  ", expected_version=None, by=world.head)


def test_a_page_that_was_overtaken_gives_nothing_back(world, snapshot):
    with pytest.raises(StaleRow):
        give_back(report_id=world.report.pk, comment=COMMENT, expected_version=1, by=world.head)
    assert Report.objects.get().state == "FROZEN"


@pytest.mark.parametrize("step", [give_back, withdraw_return])
@pytest.mark.parametrize(
    "kind", [*Role, *(one for one in Function if one != Function.ADMINISTRATION_HEAD)], ids=lambda one: one.name
)
def test_only_the_administration_head_gives_back_and_withdraws(world, snapshot, kind, step):
    user = make_user(kind) if isinstance(kind, Role) else make_user()
    if isinstance(kind, Function):
        appoint(user, kind)
    more = {"comment": COMMENT, "expected_version": None} if step == give_back else {}
    with pytest.raises(PermissionDenied):
        step(report_id=world.report.pk, by=User.objects.get(pk=user.pk), **more)


def test_a_new_fassung_after_a_return_is_what_the_public_sees(world, returned):
    make_files(correct(report_id=returned.pk, reason="Zahl berichtigt", expected_version=None, by=world.officer))
    release(report_id=returned.pk, by=world.head)
    assert [one.fassung for one in public.fassungen(H2)] == [2]


def test_a_correction_that_is_given_back_leaves_the_released_fassung_public(world, snapshot):
    release(report_id=world.report.pk, by=world.head)
    make_files(correct(report_id=world.report.pk, reason="Zahl", expected_version=None, by=world.officer))
    give_back(report_id=world.report.pk, comment=COMMENT, expected_version=None, by=world.head)
    assert [one.fassung for one in public.fassungen(H2)] == [1]


def test_the_latest_return_is_known_until_it_is_withdrawn(world, returned):
    assert latest_return(returned).reason == COMMENT
    withdraw_return(report_id=returned.pk, by=world.head)
    told = Event.objects.about(returned).latest("pk").title
    assert (latest_return(returned), told) == (None, "Rückgabe zurückgenommen")


def test_what_was_released_since_is_no_longer_given_back(world, returned):
    make_files(correct(report_id=returned.pk, reason="Zahl berichtigt", expected_version=None, by=world.officer))
    assert latest_return(returned).reason == COMMENT
    release(report_id=returned.pk, by=world.head)
    assert latest_return(returned) is None
