import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.access import Role
from accounts.models import User
from ground.history import StaleRow
from ground.models import AppendOnly, Event, PublicVersion
from masterplan.models import Measure, Visibility
from masterplan.publishing import set_visibility
from reporting import payload, public
from reporting.collect import collect
from reporting.freezing import (
    CorrectionWithoutReason,
    ReportAlreadyFrozen,
    ReportNotFrozen,
    Rewritten,
    correct,
    freeze,
)
from reporting.models import Edition, EditionKind, Release, Report, Snapshot
from reporting.models.report import MeetingOfAnotherCommittee, StateRefused
from reporting.opening import ReportNotOpen, open_report, write_report
from reporting.releasing import FilesNotReady, NoLongerPublic, ReleasedBySubmitter, ReportNotWaiting, release
from tests.builders import appoint, make_committee, make_measure, make_meeting, make_user
from tests.reporting.conftest import FROZEN_AT, H2
from tests.reporting.stand_ins import make_files


def titles(snapshot):
    """Titles of the measures that each edition tells of."""
    return {
        edition.kind: [measure.title for measure in payload.from_json(edition.payload).measures]
        for edition in snapshot.editions.all()
    }


@pytest.fixture
def frozen(world):
    snapshot = freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT)
    make_files(snapshot)
    return snapshot


def test_the_meeting_is_one_of_the_committee(world):
    other = make_meeting(make_committee(world.committee.term, name="Bauausschuss", receives_reports=False))
    with pytest.raises(MeetingOfAnotherCommittee):
        write_report(report_id=world.report.pk, assessment="", meeting=other, expected_version=None, by=world.officer)


def test_a_correction_goes_to_a_meeting_of_the_committee_as_well(world, frozen):
    other = make_meeting(make_committee(world.committee.term, name="Bauausschuss", receives_reports=False))
    with pytest.raises(MeetingOfAnotherCommittee):
        correct(
            report_id=world.report.pk,
            reason="Neuer Tag",
            rewritten=Rewritten("", other),
            expected_version=None,
            by=world.officer,
        )
    assert Snapshot.objects.count() == 1


def test_an_overtaken_text_is_refused(world):
    values = {"report_id": world.report.pk, "meeting": None, "by": world.officer}
    write_report(**values, assessment="Erste", expected_version=1)
    with pytest.raises(StaleRow):
        write_report(**values, assessment="Zweite", expected_version=1)
    assert Report.objects.get().assessment == "Erste"


def test_each_edition_tells_of_what_its_readers_may_see(world, confidential):
    snapshot = freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT)
    assert titles(snapshot) == {
        "COUNCIL": ["Sichtbare Sache", "Interne Sache"],
        "PUBLIC": ["Sichtbare Sache"],
        "CONFIDENTIAL_ANNEX": ["Geheime Sache"],
    }


def test_without_a_confidential_measure_there_is_no_annex(frozen):
    assert set(titles(frozen)) == {"COUNCIL", "PUBLIC"}


def test_the_public_payload_names_nothing_internal_or_confidential(world, confidential):
    snapshot = freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT)
    texts = dict(snapshot.editions.values_list("kind", "payload"))
    hidden = ("Interne Sache", "Geheime Sache", "Ungezeigter Vorschlag", confidential.number)
    assert "Interne Sache" in texts["COUNCIL"]
    assert "Geheime Sache" in texts["CONFIDENTIAL_ANNEX"]
    assert [word for word in hidden if word in texts["PUBLIC"]] == []
    assert [word for word in hidden[1:] if word in texts["COUNCIL"]] == []


def test_a_report_is_frozen_once(world, frozen):
    with pytest.raises(ReportAlreadyFrozen):
        freeze(report_id=world.report.pk, by=world.officer)
    assert Snapshot.objects.count() == 1


def test_freezing_fixes_hash_and_code(world, frozen):
    editions = list(frozen.editions.order_by("kind"))
    assert [payload.sha256(one.payload) for one in editions] == [one.sha256 for one in editions]
    assert frozen.code.startswith("26H2-")
    assert frozen.sha256 == payload.sha256("\n".join(f"{one.kind} {one.sha256}" for one in editions))


def test_the_text_of_a_frozen_report_stays(world, frozen):
    with pytest.raises(ReportNotOpen):
        write_report(report_id=world.report.pk, assessment="neu", meeting=None, expected_version=None, by=world.officer)


def test_what_happens_after_the_freeze_is_not_in_the_report(world, frozen):
    before = list(frozen.editions.values_list("payload", flat=True))
    make_measure("Spätere Sache", visibility="PUBLIC")
    assert list(Edition.objects.filter(snapshot=frozen).values_list("payload", flat=True)) == before


@pytest.mark.parametrize(
    "attempt",
    [
        lambda snapshot: snapshot.save(),
        lambda snapshot: snapshot.delete(),
        lambda snapshot: Snapshot.objects.update(sha256="0"),
        lambda snapshot: Snapshot.objects.all().delete(),
        lambda snapshot: Snapshot.objects.bulk_update([snapshot], ["code"]),
        lambda snapshot: snapshot.editions.first().save(),
        lambda snapshot: snapshot.editions.first().delete(),
        lambda snapshot: snapshot.editions.update(payload="{}"),
        lambda snapshot: snapshot.editions.all().delete(),
    ],
)
def test_what_is_frozen_is_never_changed(frozen, attempt):
    with pytest.raises(AppendOnly):
        attempt(frozen)


@pytest.mark.parametrize(
    "values",
    [{"state": "READY", "document": None}, {"state": "FAILED", "error": ""}, {"progress": 101}],
)
def test_the_database_refuses_a_rendering_that_cannot_be(frozen, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        frozen.editions.update(**values)


def test_a_state_that_does_not_follow_is_refused(world):
    with pytest.raises(StateRefused):
        world.report.enter("RELEASED")


def test_a_released_report_is_public(world, frozen):
    number = PublicVersion.current().number
    assert public.latest_report() is None
    release(report_id=world.report.pk, by=world.head)
    shown = public.latest_report()
    assert (shown.period, shown.code, Report.objects.get().state) == (H2, frozen.code, "RELEASED")
    assert PublicVersion.current().number == number + 1


def test_nobody_releases_what_they_froze(world):
    appoint(world.officer, "ADMINISTRATION_HEAD")
    make_files(freeze(report_id=world.report.pk, by=world.officer))
    with pytest.raises(ReleasedBySubmitter):
        release(report_id=world.report.pk, by=User.objects.get(pk=world.officer.pk))
    assert Release.objects.count() == 0


def test_a_report_whose_files_are_missing_is_not_released(world):
    freeze(report_id=world.report.pk, by=world.officer)
    with pytest.raises(FilesNotReady):
        release(report_id=world.report.pk, by=world.head)


@pytest.mark.parametrize(
    ("title", "visibility"),
    [
        ("Sichtbare Sache", Visibility.INTERNAL),
        ("Sichtbare Sache", Visibility.CONFIDENTIAL),
        ("Interne Sache", Visibility.CONFIDENTIAL),
    ],
)
def test_what_was_taken_from_its_readers_since_the_freeze_needs_a_new_fassung(world, frozen, title, visibility):
    measure = Measure.objects.get(title=title)
    set_visibility(measure_ids=[measure.pk], visibility=visibility, reason="Irrtum", by=world.officer)
    with pytest.raises(NoLongerPublic):
        release(report_id=world.report.pk, by=world.head)
    make_files(correct(report_id=world.report.pk, reason="Ohne sie", expected_version=None, by=world.officer))
    release(report_id=world.report.pk, by=world.head)
    assert [one.fassung for one in public.fassungen(H2)] == [2]


def test_what_more_people_may_see_since_the_freeze_is_released(world, confidential):
    make_files(freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT))
    set_visibility(measure_ids=[confidential.pk], visibility=Visibility.PUBLIC, reason="Vergeben", by=world.officer)
    release(report_id=world.report.pk, by=world.head)
    assert [one.fassung for one in public.fassungen(H2)] == [1]


def test_an_open_report_is_not_released(world):
    with pytest.raises(ReportNotWaiting):
        release(report_id=world.report.pk, by=world.head)


@pytest.mark.parametrize("role", list(Role))
def test_only_the_administration_head_releases(world, frozen, role):
    with pytest.raises(PermissionDenied):
        release(report_id=world.report.pk, by=make_user(role))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DIGITAL_OFFICER])
def test_only_who_prepares_reports_freezes(world, role):
    with pytest.raises(PermissionDenied):
        freeze(report_id=world.report.pk, by=make_user(role))


def test_a_correction_is_a_new_fassung_and_the_old_one_counts_until_its_release(world, frozen):
    release(report_id=world.report.pk, by=world.head)
    second = correct(report_id=world.report.pk, reason="Zahl berichtigt", expected_version=3, by=world.officer)
    make_files(second)
    assert [one.fassung for one in public.fassungen(H2)] == [1]
    release(report_id=world.report.pk, by=world.head)
    shown = public.fassungen(H2)
    assert [(one.fassung, one.correction) for one in shown] == [(2, "Zahl berichtigt"), (1, "")]
    assert public.file(H2, 1) is not None


def test_a_correction_gives_its_reason(world, frozen):
    with pytest.raises(CorrectionWithoutReason):
        correct(report_id=world.report.pk, reason=" ", expected_version=None, by=world.officer)


def test_a_correction_that_is_sent_twice_makes_one_fassung(world, frozen):
    values = {"report_id": world.report.pk, "expected_version": 2, "by": world.officer}
    correct(**values, reason="Zahl berichtigt", rewritten=Rewritten("Erste", None))
    with pytest.raises(StaleRow):
        correct(**values, reason="Zahl berichtigt", rewritten=Rewritten("Zweite", None))
    assert (Snapshot.objects.count(), Report.objects.get().assessment) == (2, "Erste")


def test_an_open_report_needs_no_correction(world):
    with pytest.raises(ReportNotFrozen):
        correct(report_id=world.report.pk, reason="x", expected_version=None, by=world.officer)


def test_the_second_report_is_compared_with_the_first(world, frozen):
    release(report_id=world.report.pk, by=world.head)
    make_measure("Neue Sache", visibility="PUBLIC")
    next_report = open_report(period=H2.next(), committee=world.committee, by=world.officer)
    snapshot = freeze(report_id=next_report.pk, by=world.officer)
    told = payload.from_json(snapshot.editions.get(kind="PUBLIC").payload)
    assert told.earlier.code == frozen.code
    assert [(one.kind, one.number) for one in told.changes] == [("NEW", "BS-04")]


def test_each_step_is_in_the_journal(world, frozen):
    release(report_id=world.report.pk, by=world.head)
    entries = Event.objects.about(world.report).order_by("pk").values_list("kind", "author", "public")
    assert list(entries) == [
        ("report.opened", world.officer.pk, False),
        ("report.frozen", world.officer.pk, False),
        ("report.released", world.head.pk, True),
    ]


def test_collecting_takes_the_same_number_of_queries_for_any_number_of_measures(world):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            collect(world.report, EditionKind.COUNCIL, fassung=1, now=FROZEN_AT)
        return len(caught)

    few = queries()
    for number in range(8):
        make_measure(f"Weitere {number}", visibility="PUBLIC")
    assert queries() == few
