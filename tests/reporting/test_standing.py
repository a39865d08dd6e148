"""What the desk says of the report: to those who prepare it, to those who release it, to nobody else."""

import pytest

from accounts.access import Function, Role
from accounts.models import User
from reporting.freezing import freeze
from reporting.models import Edition, Report
from reporting.releasing import release
from reporting.returning import give_back
from reporting.standing import standing
from tests.builders import TODAY, appoint, make_user
from tests.reporting.conftest import FROZEN_AT
from tests.reporting.stand_ins import make_files


def seen(user, *names):
    found = standing(User.objects.get(pk=user.pk), TODAY)
    return tuple(getattr(found, name) for name in names)


@pytest.fixture
def frozen(world):
    return freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT)


def test_without_a_report_the_next_step_is_to_open_one(world):
    Report._base_manager.all()._raw_delete("default")
    assert seen(world.officer, "state", "step") == ("Noch ist kein Bericht angelegt.", "Bericht anlegen")


def test_an_open_report_names_its_meeting_and_how_long_it_is_until_then(world):
    assert seen(world.officer, "title", "step", "meeting") == (
        "Statusbericht 2. Halbjahr 2026",
        "Bericht schreiben und einfrieren",
        "Sitzung am Dienstag, 08.12.2026, 18:30\xa0Uhr, in 16\xa0Tagen",
    )


def test_files_in_work_show_how_far_they_are(world, frozen):
    frozen.editions.filter(kind="COUNCIL").update(progress=60)
    assert seen(world.officer, "state", "progress") == ("Eingefroren, die Dateien werden erstellt.", 30)


def test_a_failed_file_is_offered_again_to_who_prepares(world, frozen):
    frozen.editions.filter(kind="PUBLIC").update(state="FAILED", error="zu groß")
    failed = ((Edition.objects.get(kind="PUBLIC").pk, "Ausgabe Öffentlichkeit"),)
    assert [tuple(seen(who, "failed")[0]) for who in (world.officer, world.head)] == [failed, ()]


def test_a_finished_report_waits_for_the_head_and_tells_the_officer_so(world, frozen):
    make_files(frozen)
    where = f"/arbeitsbereich/berichte/{world.report.pk}/"
    assert [seen(who, "state", "url", "waits_for_me") for who in (world.head, world.officer)] == [
        ("Wartet auf Ihre Freigabe.", f"{where}freigeben/", True),
        ("Wartet auf die Freigabe durch die Verwaltungsleitung.", where, False),
    ]


def test_who_froze_it_is_not_asked_to_release_it(world, frozen):
    make_files(frozen)
    appoint(world.officer, Function.ADMINISTRATION_HEAD)
    assert seen(world.officer, "waits_for_me", "url") == (False, f"/arbeitsbereich/berichte/{world.report.pk}/")


def test_after_the_release_the_next_report_may_be_opened(world, frozen):
    make_files(frozen)
    release(report_id=world.report.pk, by=world.head)
    steps = [seen(who, "step", "waits_for_me") for who in (world.officer, world.head)]
    assert steps == [("Nächsten Bericht anlegen", False), ("Ansehen", False)]


def test_a_report_that_was_given_back_waits_for_who_prepares_it_with_its_comment(world, frozen):
    make_files(frozen)
    give_back(report_id=world.report.pk, comment="Zahl prüfen", expected_version=None, by=world.head)
    where = f"/arbeitsbereich/berichte/{world.report.pk}/"
    assert [seen(who, "comment", "step", "url", "waits_for_me") for who in (world.officer, world.head)] == [
        ("Zahl prüfen", "Neue Fassung anlegen", f"{where}neue-fassung/", True),
        ("Zahl prüfen", "Ansehen", where, False),
    ]
    assert seen(world.officer, "call", "notice") == ("Statusbericht 2. Halbjahr 2026 ist zurückgegeben", "Zahl prüfen")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DIGITAL_OFFICER])
def test_others_are_told_nothing(world, frozen, role):
    assert standing(make_user(role), TODAY) is None
