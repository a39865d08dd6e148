from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.access import Role
from ground.history import StaleRow
from ground.models import Event, PublicVersion
from masterplan.models import Basis, DueDatePromise, Measure, Visibility
from masterplan.planning import edit_measure
from masterplan.publishing import ReasonForVisibilityMissing, set_visibility
from masterplan.resolving import resolve
from masterplan.updating import NewState, report
from tests.builders import NOW, make_measure, make_milestone, make_public_measure, make_user

pytestmark = pytest.mark.django_db


def publish(*measures: Measure) -> list[Measure]:
    return set_visibility(
        measure_ids=[measure.pk for measure in measures], visibility=Visibility.PUBLIC, by=None, now=NOW
    )


def test_publishing_gives_each_measure_its_own_address() -> None:
    rows = [make_measure("Bürger-Büro: Öffnung"), make_measure("Bürger-Büro – Öffnung!"), make_measure("***")]
    assert [row.slug for row in publish(*rows)] == ["buerger-buero-oeffnung", "buerger-buero-oeffnung-bs-02", "bs-03"]


def test_an_address_stays_when_the_title_changes() -> None:
    measure = make_public_measure("Alter Titel")
    edit_measure(measure_id=measure.pk, values={"title": "Neuer Titel"}, expected_version=None, by=None, now=NOW)
    assert Measure.objects.get(pk=measure.pk).slug == "alter-titel"


def test_publishing_again_promises_nothing_twice() -> None:
    measure = make_public_measure(state={"planned_end": date(2026, 12, 31)})
    publish(measure)
    set_visibility(measure_ids=[measure.pk], visibility=Visibility.INTERNAL, reason="Vergabe läuft", by=None, now=NOW)
    publish(measure)
    assert DueDatePromise.objects.filter(measure=measure).count() == 1


def test_dates_of_milestones_become_promises_with_the_measure() -> None:
    measure = make_measure()
    milestone = make_milestone(measure, planned=date(2026, 12, 1))
    publish(measure)
    milestone.refresh_from_db()
    promised = DueDatePromise.objects.filter(milestone=milestone).values_list("kind", "due")
    assert (milestone.first_promised, list(promised)) == (date(2026, 12, 1), [("FIRST", date(2026, 12, 1))])


def test_what_was_public_is_hidden_only_with_a_reason_that_stays_inside() -> None:
    measure = make_public_measure()
    hide = {"measure_ids": [measure.pk], "visibility": Visibility.CONFIDENTIAL, "by": None, "now": NOW}
    with pytest.raises(ReasonForVisibilityMissing):
        set_visibility(**hide)
    set_visibility(**hide, reason="Grundstücksgeschäft")
    event = Event.objects.about(measure).first()
    assert event is not None
    assert (event.before, event.after, event.reason, event.public) == (
        "öffentlich",
        "nichtöffentlich",
        "Grundstücksgeschäft",
        False,
    )


def test_each_publication_raises_the_public_version_once() -> None:
    rows = [make_measure("Eine"), make_measure("Andere")]
    before = PublicVersion.current().number
    publish(*rows)
    publish(*rows)
    assert PublicVersion.current().number == before + 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DIGITAL_OFFICER])
def test_nobody_but_the_officer_publishes(role: Role) -> None:
    measure = make_measure()
    with pytest.raises(PermissionDenied):
        set_visibility(measure_ids=[measure.pk], visibility=Visibility.PUBLIC, by=make_user(role), now=NOW)


def test_a_row_that_changed_since_it_was_shown_refuses_all() -> None:
    one, other = make_measure("Eine"), make_measure("Andere")
    with pytest.raises(StaleRow):
        set_visibility(
            measure_ids=[one.pk, other.pk],
            visibility=Visibility.PUBLIC,
            versions={one.pk: one.version, other.pk: other.version + 1},
            by=None,
            now=NOW,
        )
    assert Measure.objects.published().count() == 0


def test_a_reason_is_public_only_if_it_was_written_while_the_measure_was() -> None:
    measure = make_measure(state={"planned_end": date(2026, 12, 31)})
    resolve(measure_ids=[measure.pk], on=date(2026, 11, 1), body="Rat", basis=Basis.PLAN, by=None, now=NOW)
    acts = [
        ("intern", date(2027, 1, 1), Visibility.PUBLIC),
        ("öffentlich", date(2027, 2, 1), Visibility.INTERNAL),
        ("wieder intern", date(2027, 3, 1), Visibility.PUBLIC),
    ]
    for reason, end, then in acts:
        report(NewState(measure_id=measure.pk, values={"planned_end": end}, reason=reason), by=None, now=NOW)
        set_visibility(measure_ids=[measure.pk], visibility=then, reason="Abstimmung", by=None, now=NOW)
    promises = DueDatePromise.objects.filter(measure=measure).exclude(reason="")
    assert list(promises.values_list("reason", "public")) == [
        ("intern", False),
        ("öffentlich", True),
        ("wieder intern", False),
    ]


@pytest.mark.parametrize("visibility", [Visibility.INTERNAL, Visibility.PUBLIC])
def test_what_was_confidential_is_opened_only_with_a_reason_that_stays_inside(visibility: Visibility) -> None:
    measure = make_measure(visibility=Visibility.CONFIDENTIAL)
    opened = {"measure_ids": [measure.pk], "visibility": visibility, "by": None, "now": NOW + timedelta(days=1)}
    with pytest.raises(ReasonForVisibilityMissing):
        set_visibility(**opened)
    set_visibility(**opened, reason="Grundstück gekauft")
    told = Event.objects.about(measure).exclude(reason="").values_list("before", "after", "reason", "public")
    assert list(told) == [("nichtöffentlich", visibility.label, "Grundstück gekauft", False)]
