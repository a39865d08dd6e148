"""What one person answers for passes to another in one step, or not at all."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from ground.models import Event
from masterplan.chronicle import chronicle
from masterplan.granting import CannotAnswer, allow_reporting
from masterplan.handing_over import NothingChosen, Outcome, PreviewOvertaken, SamePerson, hand_over, preview
from masterplan.models import Measure, MeasureUserObjectPermission
from masterplan.planning import edit_measure
from tests.builders import make_measure, make_officer, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_user(name="Erika Muster")


@pytest.fixture
def successor():
    return make_user(name="Max Beispiel")


def handed(person, successor, *, by=None, chosen=None, seen=None):
    shown = preview(person=person, successor=successor)
    pks = [one.measure.pk for one in shown] if chosen is None else chosen
    tokens = [one.token for one in shown] if seen is None else seen
    return hand_over(person=person, successor=successor, seen=tokens, chosen=pks, by=by)


def granted(measure, user):
    allow_reporting(measure_id=measure.pk, user=user, by=None)


def state(measure):
    row = Measure.objects.get(pk=measure.pk)
    return row.responsible, row.deputy, set(User.objects.filter(measureuserobjectpermission__content_object=measure))


@pytest.mark.parametrize(
    ("before", "outcomes", "after"),
    [
        ("p--", [Outcome.RESPONSIBLE], "s--"),
        ("po-", [Outcome.RESPONSIBLE], "so-"),
        ("ps-", [Outcome.RESPONSIBLE_WAS_DEPUTY], "s--"),
        ("-p-", [Outcome.DEPUTY], "-s-"),
        ("op-", [Outcome.DEPUTY], "os-"),
        ("sp-", [Outcome.DEPUTY_IS_RESPONSIBLE], "s--"),
        ("oop".replace("oo", "o-"), [Outcome.GRANT], "o-s"),
        ("s-p", [Outcome.GRANT_IS_OWN], "s--"),
        ("-sp", [Outcome.GRANT_IS_OWN], "-s-"),
    ],
)
def test_each_role_goes_over_and_nobody_becomes_his_own_deputy(person, successor, before, outcomes, after):
    people = {"p": person, "s": successor, "o": make_user(), "-": None}
    responsible, deputy, grant = (people[letter] for letter in before)
    measure = make_measure(responsible=responsible, deputy=deputy)
    if grant:
        granted(measure, grant)
    (one,) = handed(person, successor)
    assert list(one.outcomes) == outcomes
    assert state(measure) == (people[after[0]], people[after[1]], {people[after[2]]} - {None})


def test_a_grant_that_both_have_is_left_to_the_successor_alone(person, successor):
    measure = make_measure()
    granted(measure, person)
    granted(measure, successor)
    assert [one.outcomes for one in handed(person, successor)] == [(Outcome.GRANT_IS_OWN,)]
    assert state(measure)[2] == {successor}


def test_all_measures_go_over_in_one_step_each_with_a_row_of_its_history(person, successor):
    officer = make_officer()
    measures = [make_measure(responsible=person), make_measure(deputy=person), make_measure("Fremd")]
    handed(person, successor, by=officer)
    assert set(Measure.objects.own(successor)) == set(measures[:2])
    assert not Measure.objects.own(person).exists()
    newest = [measure.history.order_by("-history_id").values_list("version", "history_user")[0] for measure in measures]
    assert newest == [(2, officer.pk), (2, officer.pk), (1, None)]


def test_what_was_not_chosen_stays(person, successor):
    kept, given = make_measure(responsible=person), make_measure(responsible=person)
    handed(person, successor, chosen=[given.pk])
    assert (set(Measure.objects.own(person)), set(Measure.objects.own(successor))) == ({kept}, {given})


def test_handing_back_is_a_handover_of_the_same_measures(person, successor):
    own = make_measure("Schon immer seine", responsible=successor)
    given = make_measure(responsible=person)
    handed(person, successor)
    handed(successor, person, chosen=[given.pk])
    assert (set(Measure.objects.own(person)), set(Measure.objects.own(successor))) == ({given}, {own})


def test_the_journal_names_no_person_and_the_reader_reads_the_names_of_today(person, successor):
    measure = make_measure(responsible=person, deputy=successor)
    handed(person, successor, by=make_officer())
    events = Event.objects.about(measure).filter(kind__in=("measure.responsible", "measure.deputy")).order_by("pk")
    assert [(one.title, one.before, one.after, one.public) for one in events] == [
        ("Verantwortung übergeben", str(person.pk), str(successor.pk), False),
        ("Vertretung beendet", str(successor.pk), "", False),
    ]
    written = " ".join(f"{one.title} {one.before} {one.after} {one.reason}" for one in Event.objects.all())
    assert ("Verantwortung" in written, "Muster" in written, "Beispiel" in written) == (True, False, False)
    told = [
        (line.label, line.before, line.after)
        for moment in chronicle(measure, reader=make_officer(), notes=True)
        for line in moment.lines
    ]
    assert told.count(("Verantwortlich", "Erika Muster", "Max Beispiel")) == 1


def nothing_changed(measures, person):
    return (
        list(Measure.objects.own(person).order_by("pk")) == measures
        and not Event.objects.filter(kind="measure.responsible").exists()
    )


@pytest.mark.parametrize(
    "meanwhile",
    [
        pytest.param(
            lambda one, person: edit_measure(
                measure_id=one.pk, values={"title": "Neu"}, expected_version=None, by=None
            ),
            id="edited",
        ),
        pytest.param(lambda one, person: make_measure(responsible=person), id="one more"),
        pytest.param(lambda one, person: granted(one, person) or granted(make_measure(), person), id="a grant more"),
    ],
)
def test_what_changed_since_the_preview_refuses_the_whole_handover(person, successor, meanwhile):
    first = make_measure(responsible=person)
    second = make_measure(responsible=person)
    seen = [one.token for one in preview(person=person, successor=successor)]
    meanwhile(second, person)
    with pytest.raises(PreviewOvertaken):
        handed(person, successor, seen=seen)
    assert {first, second} <= set(Measure.objects.own(person))
    assert not Measure.objects.own(successor).exists()


def test_a_grant_that_changed_its_meaning_since_the_preview_is_refused(person, successor):
    measure = make_measure()
    granted(measure, person)
    seen = [one.token for one in preview(person=person, successor=successor)]
    granted(measure, successor)
    with pytest.raises(PreviewOvertaken):
        handed(person, successor, seen=seen)


@pytest.mark.parametrize("fields", [{"is_active": False}, {"role": Role.COUNCIL}, {"role": Role.SYSTEM_ADMINISTRATOR}])
def test_nobody_takes_over_who_cannot_answer(person, fields):
    measure = make_measure(responsible=person)
    with pytest.raises(CannotAnswer):
        handed(person, make_user(**fields))
    assert nothing_changed([measure], person)


def test_nobody_hands_over_to_herself_and_nothing_chosen_is_nothing_done(person, successor):
    measure = make_measure(responsible=person)
    with pytest.raises(SamePerson):
        handed(person, person)
    with pytest.raises(NothingChosen):
        handed(person, successor, chosen=[])
    assert nothing_changed([measure], person)


@pytest.mark.parametrize("role", [Role.ADMINISTRATION, Role.IT, Role.COUNCIL, Role.SYSTEM_ADMINISTRATOR])
def test_only_who_edits_measures_hands_them_over(person, successor, role):
    measure = make_measure(responsible=person)
    with pytest.raises(PermissionDenied):
        handed(person, successor, by=make_user(role))
    assert nothing_changed([measure], person)


def test_it_costs_the_same_queries_for_3_measures_and_for_30(person, successor, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(40) as captured:
            handed(person, successor)
        return len(captured)

    for _ in range(3):
        granted(make_measure(responsible=person), person)
    few = queries()
    for _ in range(30):
        granted(make_measure(responsible=person), person)
    assert queries() == few


def page(client, method="get", **data):
    return getattr(client, method)(reverse("measures_hand_over"), data)


def test_the_page_offers_those_who_answer_for_something_with_how_much(client, officer, person, successor):
    make_measure(responsible=person)
    granted(make_measure(deputy=person), person)
    make_user(name="Wer nichts hat")
    User.objects.filter(pk=person.pk).update(is_active=False)
    (_, first), *others = page(client).context["form"]["von"].field.choices
    assert [(first), *[label for _, label in others]] == [
        "Bitte wählen",
        "Erika Muster (zwei Maßnahmen, kann nicht mehr antworten)",
    ]


def test_from_choice_over_preview_to_the_handover(client, officer, person, successor):
    measure = make_measure(responsible=person, deputy=successor)
    shown = page(client, von=person.pk, an=successor.pk)
    assert "Verantwortung geht über, die bisherige Vertretung wird frei" in shown.content.decode()
    assert state(measure)[0] == person
    seen = [line["token"] for line in shown.context["lines"]]
    sent = {"von": person.pk, "an": successor.pk, "seen": seen, "pick": [measure.pk]}
    done = client.post(reverse("measures_hand_over"), sent, follow=True)
    assert "Eine Maßnahme von Erika Muster an Max Beispiel übergeben." in done.content.decode()
    assert state(measure)[:2] == (successor, None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"seen": []}, "Nichts übergeben: Seit der Vorschau hat sich etwas geändert."),
        ({"pick": []}, "Wählen Sie mindestens eine Maßnahme aus."),
        ({"an": "von"}, "Wählen Sie zwei verschiedene Personen."),
        ({"an": "gone"}, "Wer übernimmt: "),
    ],
)
def test_what_is_refused_is_said_and_nothing_written(client, officer, person, successor, change, says):
    measure = make_measure(responsible=person)
    gone = make_user(is_active=False)
    seen = [one.token for one in preview(person=person, successor=successor)]
    sent = {"von": person.pk, "an": successor.pk, "seen": seen, "pick": [measure.pk]} | change
    sent["an"] = {"von": person.pk, "gone": gone.pk}.get(sent["an"], sent["an"])
    answer = client.post(reverse("measures_hand_over"), sent)
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert nothing_changed([measure], person)


def test_who_answers_for_nothing_any_more_is_no_longer_offered(client, officer, person, successor):
    assert MeasureUserObjectPermission.objects.count() == 0
    answer = page(client, von=person.pk, an=successor.pk)
    assert (answer.status_code, answer.context["previewed"]) == (422, False)
