"""A person reports by the personal link of the mail: the own asked measures one by one, and nothing else."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.access import Function, Role
from accounts.models import Absence
from ground.linking import address_of, make_link, revoke
from ground.models import SignedLink
from masterplan.asking import ask, withdraw_request
from masterplan.drafting import report_unchanged, save_draft
from masterplan.models import Measure, StatusRequest, StatusUpdate, Visibility
from masterplan.new_state import NewState
from masterplan.reviewing import approve
from masterplan.updating import report
from tests.builders import appoint, make_measure, make_officer, make_public_measure, make_unit, make_user

pytestmark = pytest.mark.django_db

END, LATER = date(2027, 3, 31), date(2027, 6, 30)


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def clerk():
    return make_user(name="Kim Muster")


def link_of(user):
    now = timezone.now()
    link = make_link(
        purpose="status_by_link",
        subject=f"user:{user.pk}",
        for_user=user,
        expires_at=now + timedelta(days=30),
        now=now,
        by=None,
    )
    return address_of(link).removeprefix("http://127.0.0.1:8000")


def asked(*measures, officer, due=None):
    day = due or timezone.localdate() + timedelta(days=10)
    ask(measure_ids=[one.pk for one in measures], due=day, by=officer)


def page(where, number="", step="", **more):
    query = "&".join(
        f"{name}={value}" for name, value in {"massnahme": number, "schritt": step, **more}.items() if value
    )
    return Client().get(f"{where}?{query}")


def send(where, number, step, **data):
    return Client(enforce_csrf_checks=True).post(f"{where}?massnahme={number}&schritt={step}", data)


def shown(answer):
    return answer.content.decode()


def typed(form, **changed):
    values = {field.name: field.value() for field in form if field.value() not in (None, "")}
    return {**values, **changed}


def test_the_link_leads_through_the_asked_measures_to_the_thanks(officer, clerk) -> None:
    one, other = make_measure("Eins", responsible=clerk), make_measure("Zwei", responsible=clerk)
    make_measure("Nicht gefragt", responsible=clerk)
    asked(one, other, officer=officer)
    where = link_of(clerk)
    assert [(row.number, row.state) for row in page(where).context["rows"]] == [("BS-01", "offen"), ("BS-02", "offen")]

    first = Client().get(send(where, "BS-01", "unveraendert").url)
    assert first.url == f"{where}?massnahme=BS-02&gemeldet=BS-01"
    assert "BS-01 ist abgeschickt" in shown(Client().get(first.url))
    end = Client().get(send(where, "BS-02", "unveraendert").url)
    assert "Alles gemeldet. Danke." in shown(end)
    assert [(row.number, row.state) for row in end.context["rows"]] == [
        ("BS-01", "abgeschickt, wird geprüft"),
        ("BS-02", "abgeschickt, wird geprüft"),
    ]
    sent = StatusUpdate.objects.submitted()
    assert {(one.author, one.via_link, one.says_unchanged) for one in sent} == {(clerk, True, True)}
    assert SignedLink.objects.get().last_used_at is not None


def test_a_measure_that_is_asked_alone_is_shown_at_once(officer, clerk) -> None:
    asked(make_measure(responsible=clerk), officer=officer)
    where = link_of(clerk)
    assert page(where).url == f"{where}?massnahme=BS-01"


def test_a_change_is_kept_checked_and_sent_and_nothing_changes_before_it_is_taken_over(officer, clerk) -> None:
    measure = make_public_measure(state={"phase": "IN_PROGRESS", "planned_end": END}, responsible=clerk)
    asked(measure, officer=officer)
    where = link_of(clerk)
    form = page(where, "BS-01", "angaben").context["form"]
    kept = Client().post(
        f"{where}?massnahme=BS-01&schritt=angaben",
        typed(form, then="keep", reason="halb fert"),
        headers={"HX-Request": "true"},
    )
    assert "Entwurf gesichert um" in shown(kept)
    again = page(where, "BS-01", "angaben").context["form"]
    said = {"planned_end": LATER.isoformat(), "reason": "Vergabe", "public_sentence": "Es dauert länger."}
    overview = send(where, "BS-01", "angaben", **typed(again, then="check", **said))
    assert overview.url == f"{where}?massnahme=BS-01&schritt=pruefen"
    update = Client().get(overview.url).context["update"]
    send(where, "BS-01", "pruefen", seen=update.version)
    assert Measure.objects.get().planned_end == END

    update.refresh_from_db()
    approve(update_id=update.pk, seen=update.version, by=officer)
    assert Measure.objects.get().planned_end == LATER


def test_opening_any_page_writes_nothing_and_sets_no_cookie(officer, clerk) -> None:
    asked(make_measure(responsible=clerk), make_measure("Zwei", responsible=clerk), officer=officer)
    where = link_of(clerk)
    visitor = Client()
    for step in ("", "angaben", "pruefen", "unveraendert", "verwerfen"):
        visitor.get(f"{where}?massnahme=BS-01&schritt={step}")
    visitor.get(where)
    assert (StatusUpdate.objects.open().exists(), dict(visitor.cookies)) == (False, {})
    assert SignedLink.objects.get().last_used_at is None


def test_nothing_but_the_asked_measure_is_told(officer, clerk) -> None:
    colleague = make_user(name="Alex Beispiel")
    measure = make_measure(
        "Meine",
        responsible=clerk,
        deputy=colleague,
        internal_notes="streng intern",
        lead_unit=make_unit(head=colleague),
    )
    make_measure("Fremde", responsible=colleague)
    asked(*Measure.objects.all(), officer=officer)
    report_unchanged(measure_id=make_measure("Andere", responsible=officer).pk, by=officer)
    where = link_of(clerk)
    pages = [page(where, measure.number, step) for step in ("", "angaben", "pruefen")] + [page(where)]
    told = "".join(shown(one) for one in pages)
    assert "Meine" in told
    found = [word for word in ("Alex", "Kim", "Muster", "streng intern", "Fremde", "Andere", "BS-02") if word in told]
    assert found == []


@pytest.mark.parametrize("number", ["BS-02", "BS-99", "XX"])
@pytest.mark.parametrize("step", ["", "angaben", "unveraendert"])
def test_a_measure_of_others_does_not_exist(officer, clerk, number: str, step: str) -> None:
    mine, other = make_measure("Meine", responsible=clerk), make_measure("Fremde", responsible=make_user())
    asked(mine, other, officer=officer)
    where = link_of(clerk)
    refused = [page(where, number, step), send(where, number, step)]
    assert [(one.status_code, "Fremde" in shown(one)) for one in refused] == [(404, False)] * 2
    assert not StatusUpdate.objects.open().exists()


def answered(measure, officer):
    report_unchanged(measure_id=measure.pk, by=measure.deputy)


def answered_by_the_officer(measure, officer):
    report_unchanged(measure_id=measure.pk, by=officer)


def withdrawn(measure, officer):
    withdraw_request(request_id=measure.requests.get().pk, by=officer)


def merged(measure, officer):
    target = make_measure("Ziel")
    report(
        NewState(measure_id=measure.pk, values={"phase": "MERGED", "merged_into": target}, reason="Doppelt"),
        by=officer,
        now=timezone.now(),
    )


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (answered, "Der Stand ist schon gemeldet"),
        (answered_by_the_officer, "Der Stand ist schon gemeldet"),
        (withdrawn, "Nach dieser Maßnahme ist zurzeit nicht gefragt"),
        (merged, "Diese Maßnahme gibt es nicht mehr"),
    ],
)
def test_who_comes_too_late_reads_what_to_do_and_keeps_the_text(officer, clerk, happens, said: str) -> None:
    measure = make_measure(responsible=clerk, deputy=make_user())
    asked(measure, officer=officer)
    where = link_of(clerk)
    happens(measure, officer)
    before = StatusUpdate.objects.count()
    late = send(where, "BS-01", "angaben", reason="Mein langer Text")
    assert (late.status_code, said in shown(late), "Mein langer Text" in shown(late)) == (410, True, True)
    assert page(where, "BS-01").status_code == 410
    assert page(where).status_code == 200
    assert StatusUpdate.objects.count() == before


def test_a_confidential_measure_is_a_number_and_asks_for_the_login(officer, clerk) -> None:
    measure = make_measure("Geheimer Kauf", responsible=clerk, visibility=Visibility.CONFIDENTIAL)
    asked(measure, officer=officer)
    where = link_of(clerk)
    answers = [page(where), page(where, "BS-01"), send(where, "BS-01", "unveraendert")]
    assert ["Geheimer Kauf" in shown(one) for one in answers] == [False] * 3
    assert [one.status_code for one in answers] == [200, 410, 410]
    assert "/arbeitsbereich/massnahmen/BS-01/melden/" in shown(answers[0])
    assert not StatusUpdate.objects.open().exists()


def test_the_deputy_reports_by_link_only_while_standing_in(officer, clerk) -> None:
    deputy = make_user()
    asked(make_measure(responsible=clerk, deputy=deputy), officer=officer)
    where = link_of(deputy)
    assert page(where).context["rows"] == []
    today = timezone.localdate()
    Absence.objects.create(user=clerk, first_day=today, last_day=today)
    assert page(where).url == f"{where}?massnahme=BS-01"
    send(where, "BS-01", "unveraendert")
    assert StatusUpdate.objects.submitted().get().author == deputy


def test_a_personal_deputy_stands_in_where_the_measure_has_none(officer, clerk) -> None:
    clerk.deputy = make_user()
    clerk.save()
    asked(make_measure(responsible=clerk), officer=officer)
    where = link_of(clerk.deputy)
    today = timezone.localdate()
    assert send(where, "BS-01", "unveraendert").status_code == 404
    Absence.objects.create(user=clerk, first_day=today, last_day=today)
    send(where, "BS-01", "unveraendert")
    assert StatusUpdate.objects.submitted().get().author == clerk.deputy


@pytest.mark.parametrize("role", [Role.DIGITAL_OFFICER, Role.ADMINISTRATION])
def test_nobody_approves_by_link(officer, role) -> None:
    user = make_user(role)
    if role == Role.ADMINISTRATION:
        appoint(user, Function.DEPUTY_DIGITAL_OFFICER)
    asked(make_measure(responsible=user), officer=officer)
    where = link_of(user)
    assert (page(where).context["rows"], send(where, "BS-01", "unveraendert").status_code) == ([], 404)
    assert StatusRequest.objects.open().exists()


def lost(measure, clerk):
    measure.responsible = None
    measure.save_tracked(by=None, at=timezone.now())


def left(measure, clerk):
    clerk.is_active = False
    clerk.save()


def taken_back(measure, clerk):
    revoke(purpose="status_by_link", subject=f"user:{clerk.pk}", by=None, now=timezone.now())


@pytest.mark.parametrize(("happens", "status"), [(lost, 404), (left, 410), (taken_back, 410)])
def test_a_link_ends_with_what_it_was_for(officer, clerk, happens, status: int) -> None:
    measure = make_measure(responsible=clerk)
    asked(measure, officer=officer)
    where = link_of(clerk)
    assert page(where, "BS-01").status_code == 200
    happens(measure, clerk)
    assert [page(where, "BS-01").status_code, send(where, "BS-01", "unveraendert").status_code] == [status] * 2
    assert not StatusUpdate.objects.open().exists()


def test_an_answer_to_someone_elses_draft_names_nobody(officer, clerk) -> None:
    deputy = make_user(name="Alex Beispiel")
    measure = make_measure(responsible=clerk, deputy=deputy)
    asked(measure, officer=officer)
    where = link_of(clerk)
    mine = typed(page(where, "BS-01", "angaben").context["form"], then="check", remarks="Meins")
    save_draft(state=NewState(measure_id=measure.pk, remarks="Ihres"), seen=None, by=deputy)
    both = shown(send(where, "BS-01", "angaben", **mine))
    assert ("Jemand anderes hat in der Zwischenzeit gespeichert" in both, "Alex" in both) == (True, False)


def test_the_list_asks_a_fixed_number_of_queries(officer, clerk, django_assert_max_num_queries) -> None:
    measures = [make_measure(f"Maßnahme {number}", responsible=clerk) for number in range(8)]
    asked(*measures, officer=officer)
    where = link_of(clerk)
    page(where)
    with django_assert_max_num_queries(14):
        page(where)
