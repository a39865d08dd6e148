"""What waits for what: entered, refused with a sentence that helps, ended, and never a circle."""

from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.access import Role
from ground.models import Event
from masterplan.importing.applying import ListHasErrors
from masterplan.linking import (
    AlreadyDepends,
    DependencyRefused,
    Link,
    OnItself,
    OutOfPlay,
    WouldBeACircle,
    depend,
    depend_many,
    edges_between_measures,
    undepend,
)
from masterplan.models import Dependency, Measure
from masterplan.planning import AlreadyCommitted, delete_draft
from masterplan.rules.waiting import cycle
from masterplan.scheduling import drop_milestone
from masterplan.updating import NewState, report
from tests.builders import NOW, make_dependency, make_measure, make_milestone, make_officer, make_user
from tests.masterplan.lists import import_bytes

pytestmark = pytest.mark.django_db


def waiting():
    """Pairs of what waits and what it waits for."""
    return sorted((after, before) for before, after in edges_between_measures())


def merge(measure, target):
    state = NewState(measure_id=measure.pk, values={"phase": "MERGED", "merged_into": target}, reason="eins")
    report(state, by=None, now=NOW)


def test_a_measure_waits_for_another_and_both_histories_say_so_without_naming_it():
    first, second, officer = make_measure("Leitungen"), make_measure("Geräte"), make_officer()

    row = depend(Link(predecessor_id=first.pk, successor_id=second.pk, lag=14, note="Anschluss"), by=officer, now=NOW)

    assert (row.lag, row.note, waiting()) == (14, "Anschluss", [("BS-02", "BS-01")])
    told = Event.objects.filter(kind="dependency.added").order_by("subject_id")
    assert [(one.subject_id, one.after, one.public, one.author) for one in told] == [
        (first.pk, "eine andere Maßnahme wartet auf diese Maßnahme", False, officer),
        (second.pk, "Maßnahme wartet auf eine andere Maßnahme", False, officer),
    ]


def test_what_was_ended_is_kept_and_can_be_entered_again():
    first, second = make_measure("A"), make_measure("B")
    row = make_dependency(first, second)

    assert (undepend(dependency_ids=[row.pk], by=None, now=NOW), waiting()) == (1, [])
    assert undepend(dependency_ids=[row.pk], by=None, now=NOW) == 0
    make_dependency(first, second)
    assert (Dependency.objects.count(), waiting()) == (2, [("BS-02", "BS-01")])
    assert Event.objects.filter(kind="dependency.ended").count() == 2


def test_a_circle_is_refused_with_the_way_around_and_nothing_is_written():
    a, b, c = make_measure("A"), make_measure("B"), make_measure("C")
    make_dependency(a, b)
    make_dependency(b, c)
    events = Event.objects.count()

    with pytest.raises(WouldBeACircle) as refused:
        make_dependency(c, a)

    assert str(refused.value) == (
        "BS-01 kann nicht auf BS-03 warten, denn schon jetzt wartet BS-03 auf BS-02 und BS-02 auf BS-01. So käme "
        "nichts davon zum Anfang. Heben Sie zuerst eine dieser Abhängigkeiten auf."
    )
    assert (waiting(), Event.objects.count()) == ([("BS-02", "BS-01"), ("BS-03", "BS-02")], events)


def test_milestones_of_two_measures_count_as_the_measures_where_circles_are_looked_for():
    a, b = make_measure("A"), make_measure("B")
    make_dependency(make_milestone(a, "a1"), make_milestone(b, "b1"))
    with pytest.raises(WouldBeACircle):
        make_dependency(make_milestone(b, "b2"), make_milestone(a, "a2"))


def test_milestones_of_one_measure_wait_for_each_other_without_a_circle():
    measure = make_measure("A")
    first, second, third = (make_milestone(measure, title) for title in ("eins", "zwei", "drei"))
    make_dependency(first, second)
    make_dependency(second, third)
    with pytest.raises(WouldBeACircle, match="„eins“ kann nicht auf „drei“ warten, denn schon jetzt wartet „drei“ auf"):
        make_dependency(third, first)
    told = Event.objects.filter(kind="dependency.added").order_by("pk").values_list("after", flat=True)
    assert told[0] == "Meilenstein „zwei“ wartet auf Meilenstein „eins“"


def on_itself():
    measure = make_measure("A")
    return measure, measure


def on_its_own_milestone():
    measure = make_measure("A")
    return make_milestone(measure), measure


def twice():
    first, second = make_measure("A"), make_measure("B")
    make_dependency(first, second)
    return first, second


def on_what_was_merged():
    first, second, target = make_measure("A"), make_measure("B"), make_measure("C")
    merge(first, target)
    return first, second


def on_a_dropped_milestone():
    first, second = make_measure("A"), make_measure("B")
    milestone = make_milestone(first)
    drop_milestone(milestone_id=milestone.pk, expected_version=None, by=None, now=NOW)
    return milestone, second


@pytest.mark.parametrize(
    ("case", "error", "sentence"),
    [
        (on_itself, OnItself, "Nichts kann auf sich selbst warten."),
        (on_its_own_milestone, OnItself, "Nichts kann auf sich selbst warten."),
        (twice, AlreadyDepends, "Diese Abhängigkeit ist schon eingetragen."),
        (on_what_was_merged, OutOfPlay, "BS-01 ist in BS-03 zusammengeführt. Nehmen Sie BS-03 an ihrer Stelle."),
        (on_a_dropped_milestone, OutOfPlay, "Der Meilenstein ist inzwischen entfallen. Wählen Sie einen anderen."),
    ],
)
def test_what_cannot_wait_is_refused_with_a_sentence(case, error, sentence):
    ends = case()
    before = Dependency.objects.count()
    with pytest.raises(error, match=sentence):
        make_dependency(*ends)
    assert Dependency.objects.count() == before


def test_a_milestone_of_another_measure_is_refused():
    a, b, c = make_measure("A"), make_measure("B"), make_measure("C")
    link = Link(predecessor_id=a.pk, predecessor_milestone_id=make_milestone(c).pk, successor_id=b.pk)
    with pytest.raises(OutOfPlay):
        depend(link, by=None)


def test_of_several_that_close_a_circle_together_none_is_written():
    a, b = make_measure("A"), make_measure("B")
    links = [Link(predecessor_id=a.pk, successor_id=b.pk), Link(predecessor_id=b.pk, successor_id=a.pk)]
    with pytest.raises(WouldBeACircle):
        depend_many(links, by=None)
    assert waiting() == []


@pytest.mark.parametrize("role", [Role.ADMINISTRATION, Role.IT, Role.COUNCIL])
def test_only_who_edits_measures_enters_and_ends_dependencies(role):
    first, second, user = make_measure("A"), make_measure("B"), make_user(role)
    row = make_dependency(first, second)
    with pytest.raises(PermissionDenied):
        depend(Link(predecessor_id=second.pk, successor_id=first.pk), by=user)
    with pytest.raises(PermissionDenied):
        undepend(dependency_ids=[row.pk], by=user)
    assert waiting() == [("BS-02", "BS-01")]


def test_a_draft_that_something_waits_for_is_not_deleted():
    first, second = make_measure("A"), make_measure("B")
    make_dependency(first, second)
    for measure in (first, second):
        with pytest.raises(AlreadyCommitted):
            delete_draft(measure_id=measure.pk, by=None)


@pytest.mark.parametrize("change", [{"lag": 4000}, {"successor_is_predecessor": True}])
def test_the_database_itself_refuses_what_cannot_be(change):
    first, second = make_measure("A"), make_measure("B")
    values = {"predecessor": first, "successor": first if "successor_is_predecessor" in change else second}
    with pytest.raises(IntegrityError), transaction.atomic():
        Dependency.objects.create(**values, lag=change.get("lag", 0))


def test_the_database_itself_keeps_one_row_of_what_is_in_force():
    first, second = make_measure("A"), make_measure("B")
    make_dependency(first, second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dependency.objects.create(predecessor=first, successor=second)


PLACE = st.integers(0, 4)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("depend"), PLACE, PLACE),
        st.tuples(st.just("milestones"), PLACE, PLACE),
        st.tuples(st.just("undepend"), PLACE, PLACE),
        st.tuples(st.just("import"), PLACE, st.lists(PLACE, max_size=3)),
        st.tuples(st.just("merge"), PLACE, PLACE),
    ),
    max_size=12,
)


class NeverACircle(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS)
    def test_no_sequence_of_operations_makes_a_circle(self, steps):
        numbers = [make_measure(f"Maßnahme {place}").number for place in range(5)]
        for what, place, other in steps:
            with suppress(DependencyRefused, ListHasErrors), transaction.atomic():
                self.do(what, numbers[place], other, numbers)
            edges = edges_between_measures()
            circles = [edge for edge in edges if cycle(edges - {edge}, edge)]
            assert circles == []

    def do(self, what, number, other, numbers):
        measure = Measure.objects.get(number=number)
        if what == "import":
            waits = ", ".join(numbers[place] for place in other)
            row = f"Bürgerservice;{number};{measure.title};{waits}"
            import_bytes(f"Handlungsfeld;Nr;Titel;Abhängig von\r\n{row}".encode())
            return
        second = Measure.objects.get(number=numbers[other])
        if what == "depend":
            make_dependency(measure, second)
        elif what == "milestones":
            make_dependency(make_milestone(measure), make_milestone(second))
        elif what == "undepend":
            rows = Dependency.objects.filter(predecessor=measure, successor=second)
            undepend(dependency_ids=[row.pk for row in rows], by=None)
        elif measure != second and "MERGED" not in (measure.phase, second.phase) and not measure.merged_from.exists():
            merge(measure, second)
