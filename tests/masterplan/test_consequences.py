"""What follows from a date, said before it is saved: who waits, which committee hears, which budget year is crossed."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from masterplan.consequences import consequences
from masterplan.drafting import submit
from masterplan.models import Measure, Visibility
from masterplan.updating import NewState, report
from tests.builders import (
    NOW,
    make_committee,
    make_dependency,
    make_line,
    make_measure,
    make_meeting,
    make_milestone,
    make_officer,
    make_public_measure,
    make_user,
)

pytestmark = pytest.mark.django_db
END = {"phase": "IN_PROGRESS", "planned_start": date(2026, 1, 1), "planned_end": date(2026, 12, 1)}
LATER = {"phase": "PLANNED", "planned_start": date(2027, 1, 10), "planned_end": date(2027, 5, 31)}
PROMISED = "Das ist noch Planung: Zugesagt wird ein Termin mit der Veröffentlichung oder dem Beschluss."


def said(measure, *, reader=None, milestones=None, **values):
    fresh = Measure.objects.get(pk=measure.pk)
    found = consequences(fresh, values=values, milestones=milestones or {}, reader=reader or make_officer(), now=NOW)
    return [str(one).replace("\xa0", " ") for one in found]


def test_who_follows_is_named_with_the_days_that_are_missing_or_left():
    first, tight, roomy, last = (
        make_measure("Leitungen", state=END),
        make_measure("Geräte", state=LATER),
        make_measure("Schulung", state={**LATER, "planned_start": date(2027, 3, 1)}),
        make_measure("Betrieb", state={**LATER, "planned_start": date(2027, 6, 1), "planned_end": date(2027, 9, 1)}),
    )
    make_dependency(first, tight, lag=14)
    make_dependency(first, roomy)
    make_dependency(tight, last)

    assert said(first, planned_end=date(2027, 1, 29)) == [
        f"+59 Tage. {PROMISED}",
        "BS-03 Schulung wartet auf diese Maßnahme. Der Beginn 01.03.2027 bleibt mit 31 Tagen Abstand erreichbar.",
        "BS-02 Geräte wartet auf diese Maßnahme. Der Beginn 10.01.2027 ist nicht zu halten: frühestens 12.02.2027, "
        "33 Tage später.",
        "BS-04 Betrieb wartet auf BS-02, und die muss dann auch warten. Der Beginn 01.06.2027 ist nicht zu halten: "
        "frühestens 03.07.2027, 32 Tage später.",
        "Das Haushaltsjahr 2026 wird überschritten.",
    ]


def test_a_follower_is_a_link_and_its_symbol_says_whether_it_holds():
    first, second = make_measure("Leitungen", state=END), make_measure("Geräte", state=LATER)
    make_dependency(first, second)
    found = consequences(first, values={"planned_end": date(2027, 2, 1)}, reader=make_officer(), now=NOW)
    (follower,) = [one for one in found if one.href]
    assert (follower.symbol, follower.tone, follower.label, follower.href) == (
        "triangle",
        "risk",
        "BS-02 Geräte",
        reverse("measure_edit", args=["BS-02"]),
    )


def test_of_a_measure_that_the_reader_does_not_see_nothing_is_told_but_that_there_is_one():
    clerk = make_user()
    first = make_measure("Leitungen", state=END, responsible=clerk)
    hidden = make_measure("Verborgen", state=LATER, visibility=Visibility.CONFIDENTIAL)
    last = make_measure("Betrieb", state={**LATER, "planned_start": date(2027, 6, 1), "planned_end": date(2027, 9, 1)})
    make_dependency(first, hidden)
    make_dependency(hidden, last)
    asked = {"planned_end": date(2027, 2, 28)}

    assert said(first, **asked)[1].startswith("BS-02 Verborgen wartet auf diese Maßnahme.")
    assert said(first, reader=clerk, **asked)[1:3] == [
        "Auch eine andere Maßnahme ist davon betroffen, die Sie nicht einsehen können.",
        "BS-03 Betrieb wartet auf eine andere Maßnahme, und die muss dann auch warten. Der Beginn ist nicht zu halten.",
    ]


def test_of_a_hidden_measure_that_comes_first_no_date_is_told():
    clerk, hidden = make_user(), make_measure("Verborgen", state=END, visibility=Visibility.CONFIDENTIAL)
    second = make_measure("Geräte", state=LATER, responsible=clerk)
    make_dependency(hidden, second)
    asked = {"planned_start": date(2026, 11, 25)}
    assert said(second, **asked)[0].startswith("BS-01 Verborgen muss vorher fertig sein")
    assert said(second, reader=clerk, **asked) == [
        "Eine andere Maßnahme muss vorher fertig sein: Der Beginn passt nicht."
    ]


def test_a_milestone_tells_of_its_promise_its_followers_its_committee_and_its_budget_year():
    first = make_public_measure("Leitungen", state={**END, "planned_end": date(2027, 12, 1)})
    milestone = make_milestone(first, "Vergabe", planned=date(2026, 12, 1))
    next_one = make_milestone(first, "Bau", planned=date(2026, 12, 20))
    second = make_measure("Geräte", state=LATER)
    make_dependency(milestone, second)
    make_dependency(milestone, next_one)
    make_meeting(make_committee(), start=NOW.replace(month=12, day=8))

    assert said(first, milestones={milestone.pk: {"planned": date(2027, 1, 15)}}) == [
        "+45 Tage, erste Verschiebung. Die alte Zusage bleibt sichtbar.",
        "Meilenstein „Bau“ wartet auf diesen. Sein Termin 20.12.2026 ist nicht zu halten: frühestens 15.01.2027, "
        "26 Tage später.",
        "BS-02 Geräte wartet auf diesen Meilenstein. Der Beginn 10.01.2027 ist nicht zu halten: frühestens 15.01.2027, "
        "5 Tage später.",
        "Das Haushaltsjahr 2026 wird überschritten.",
        "Der Ausschuss erfährt es in der Sitzung am 08.12.2026.",
    ]


def test_a_start_before_what_is_waited_for_is_told():
    first, second = make_measure("Leitungen", state=END), make_measure("Geräte", state=LATER)
    make_dependency(first, second)
    assert said(second, planned_start=date(2026, 11, 25)) == [
        "BS-01 Leitungen muss vorher fertig sein, und daraus folgt frühestens der 01.12.2026. "
        "Der Beginn 25.11.2026 liegt 6 Tage zu früh."
    ]


@pytest.mark.parametrize(
    ("end", "sentences"),
    [
        (date(2026, 12, 31), []),
        (date(2027, 1, 1), ["Das Haushaltsjahr 2026 wird überschritten."]),
        (date(2028, 1, 1), ["Die Haushaltsjahre 2026 und 2027 werden überschritten."]),
        (date(2026, 11, 1), []),
    ],
)
def test_a_budget_year_that_is_crossed_is_named(end, sentences):
    assert said(make_measure(state=END), planned_end=end)[1:] == sentences


def test_what_would_be_left_of_the_years_money_is_for_who_reads_the_budget():
    measure = make_measure(state=END)
    make_line(measure, appropriated=1000, spent=400)
    make_line(measure, kind="PAYMENT", appropriated=5000)
    told = "Das Haushaltsjahr 2026 wird überschritten"
    assert said(measure, planned_end=date(2027, 1, 1))[1:] == [
        f"{told}; zu übertragen: 600,00 € Aufwand und 5.000,00 € Auszahlung."
    ]
    assert said(measure, reader=AnonymousUser(), planned_end=date(2027, 1, 1))[1:] == [f"{told}."]


def test_a_year_that_is_over_is_not_crossed_again():
    late = make_measure(state={**END, "planned_end": date(2026, 12, 1)})
    found = consequences(
        late, values={"planned_end": date(2027, 6, 1)}, reader=make_officer(), now=NOW.replace(year=2027, month=2)
    )
    assert [one.sentence for one in found if "Haushaltsjahr" in one.sentence] == []


def test_nothing_follows_where_no_date_changes():
    first = make_measure("Leitungen", state=END)
    make_dependency(first, make_measure("Geräte", state=LATER))
    assert said(first, planned_end=END["planned_end"], planned_start=END["planned_start"]) == []


def test_a_finished_follower_no_longer_waits():
    first, second = make_measure("Leitungen", state=END), make_measure("Geräte", state=LATER)
    make_dependency(first, second)
    report(NewState(measure_id=second.pk, values={"phase": "REJECTED"}), by=None, now=NOW)
    assert said(first, planned_end=date(2026, 12, 30)) == [f"+29 Tage. {PROMISED}"]


def test_the_number_of_queries_does_not_grow_with_the_followers(django_assert_num_queries):
    officer, first = make_officer(), make_measure("Leitungen", state=END)
    make_dependency(first, make_measure("Geräte", state=LATER))
    asked = {"values": {"planned_end": date(2027, 2, 1)}, "reader": officer, "now": NOW}
    consequences(first, **asked)
    with django_assert_num_queries(6):
        consequences(first, **asked)
    for number in range(5):
        make_dependency(first, make_measure(f"Folge {number}", state=LATER))
    with django_assert_num_queries(6):
        consequences(first, **asked)


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("measure_status_consequences", {"planned_end": "2027-02-01", "planned_start": "2026-01-01"}),
        ("measure_cell_consequences", {"planned_end": "2027-02-01"}),
        ("milestone_consequences", {"planned": "2027-02-01"}),
    ],
)
def test_each_form_says_it_before_it_is_saved(client, officer, address, asked):
    first = make_measure("Leitungen", state={**END, "planned_end": date(2027, 12, 1)})
    milestone = make_milestone(first, planned=date(2026, 12, 1))
    whole, part = make_measure("Geräte", state=LATER), make_measure("Schulung", state=LATER)
    make_dependency(first, whole)
    make_dependency(milestone, part)
    more = {"measure_cell_consequences": ["planned_end"], "milestone_consequences": [milestone.pk]}.get(address, [])

    page = client.get(reverse(address, args=["BS-01", *more]), asked).content.decode()

    follower = "BS-03 Schulung" if address == "milestone_consequences" else "BS-02 Geräte"
    assert ("Das folgt daraus" in page, f">{follower}</a> wartet auf" in page) == (True, True)
    assert Measure.objects.get(number="BS-01").planned_end == date(2027, 12, 1)


def test_the_review_of_what_a_unit_sent_says_it_too(client, officer):
    clerk = make_user()
    first, second = make_measure("Leitungen", state=END, responsible=clerk), make_measure("Geräte", state=LATER)
    make_dependency(first, second)
    state = NewState(measure_id=first.pk, values={"planned_end": date(2027, 2, 1)}, reason="Vergabe")
    update = submit(state=state, seen=None, by=clerk, now=NOW)

    page = client.get(reverse("update_review", args=[update.pk])).content.decode()

    assert ("Was daraus folgt" in page, ">BS-02 Geräte</a> wartet auf diese Maßnahme." in page) == (True, True)
