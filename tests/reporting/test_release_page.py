"""What the Verwaltungsleitung judges by, and the way back with a comment."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.access import Role
from masterplan.models import Measure, Visibility
from masterplan.publishing import set_visibility
from reporting.freezing import correct, freeze
from reporting.models import Release, Report
from reporting.opening import open_report
from reporting.releasing import release
from reporting.returning import give_back
from reporting.review import Kept, review
from tests.builders import make_public_measures, make_user
from tests.reporting.conftest import H2, signed_in, words
from tests.reporting.stand_ins import make_files

COMMENT = "Bitte die Zahl auf Seite 3 prüfen."


@pytest.fixture
def head(world):
    return signed_in(world.head)


@pytest.fixture
def where(world):
    return reverse("report_release", args=[world.report.pk])


@pytest.fixture
def way_back(world):
    return reverse("report_return", args=[world.report.pk])


def test_the_page_says_what_is_judged(world, head, snapshot, where):
    text = words(head.get(where))
    editions = snapshot.editions.all()
    told = [
        "Keine der 2 Maßnahmen liegt hinter der Zusage.",
        "laufen nach Plan",
        "Eine Maßnahme nur in der Ausgabe Rat",
        "BS-02 Interne Sache",
        "Eine Maßnahme nur in der nichtöffentlichen Anlage",
        "BS-04 Geheime Sache",
        *(reverse("report_page", args=[edition.pk]) for edition in editions),
        *(reverse("report_document", args=[edition.pk]) for edition in editions),
    ]
    assert [one for one in told if one not in text] == []


def test_what_the_public_does_not_see_is_named_in_short(world, confidential):
    for number in range(4):
        make_public_measures(1)
        hidden = Measure.objects.latest("pk")
        set_visibility(measure_ids=[hidden.pk], visibility=Visibility.CONFIDENTIAL, reason=f"Vergabe {number}", by=None)
    kept = review(freeze(report_id=world.report.pk, by=world.officer)).kept
    assert kept[1] == Kept(
        "nur in der nichtöffentlichen Anlage",
        "für Mitglieder, die Zugang haben",
        "Fünf Maßnahmen",
        ["BS-04 Geheime Sache", "BS-05 Maßnahme 00", "BS-06 Maßnahme 00"],
        2,
    )


def test_the_weightiest_changes_stand_on_the_page_and_the_others_in_the_report(world, head, snapshot):
    release(report_id=world.report.pk, by=world.head)
    make_public_measures(7)
    following = open_report(period=H2.next(), committee=world.committee, by=world.officer)
    second = freeze(report_id=following.pk, by=world.officer)
    make_files(second)
    text = words(head.get(reverse("report_release", args=[following.pk])))
    assert [f"Maßnahme 0{number}" in text for number in range(7)] == [True] * 5 + [False] * 2
    council = second.editions.get(kind="COUNCIL")
    assert f'{reverse("report_page", args=[council.pk])}#aenderungen">2 weitere Änderungen im Bericht' in text


def test_a_comment_gives_the_report_back(world, head, snapshot, way_back):
    said = words(head.post(way_back, {"comment": COMMENT, "version": 2}, follow=True))
    assert ("Der Digital Officer sieht Ihren Kommentar" in said, COMMENT in said) == (True, True)
    assert Report.objects.get().state == "RETURNED"


def test_without_a_comment_nothing_goes_back(world, head, snapshot, way_back):
    answer = head.post(way_back, {"comment": " ", "version": 2})
    assert (answer.status_code, '<details class="disclosure" id="zurueckgeben" open>' in words(answer)) == (422, True)
    assert Report.objects.get().state == "FROZEN"


def test_a_comment_that_names_a_person_goes_back_once_confirmed(world, head, snapshot, way_back):
    sent = {"comment": "Herr Berg hat die Zahl", "version": 2}
    asked = head.post(way_back, sent)
    assert (asked.status_code, "Trotzdem so aufbewahren" in words(asked)) == (422, True)
    head.post(way_back, {**sent, "persons_kept": "on"})
    assert Report.objects.get().state == "RETURNED"


def test_who_opens_the_address_of_the_way_back_comes_to_the_release(head, world, snapshot, way_back, where):
    assert head.get(way_back).url == where


def given_back(world):
    give_back(report_id=world.report.pk, comment="Schon gesagt", expected_version=None, by=world.head)


def released(world):
    release(report_id=world.report.pk, by=world.head)


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [(given_back, "Der Bericht ist schon zurückgegeben."), (released, "Der Bericht ist schon freigegeben, am ")],
)
def test_who_was_too_late_with_a_comment_reads_why_and_keeps_the_words(
    world, head, snapshot, way_back, meanwhile, sentence
):
    meanwhile(world)
    said = words(head.post(way_back, {"comment": COMMENT, "version": 2}, follow=True))
    assert (sentence in said, f"Ihr Kommentar wurde nicht gespeichert: „{COMMENT}“" in said) == (True, True)


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [(given_back, "Der Bericht ist schon zurückgegeben."), (released, "Der Bericht ist schon freigegeben, am ")],
)
def test_who_was_too_late_with_a_release_reads_why(world, head, snapshot, where, meanwhile, sentence):
    meanwhile(world)
    before = Release.objects.count()
    assert sentence in words(head.post(where, {"version": 2}, follow=True))
    assert Release.objects.count() == before


def made(snapshot):
    make_files(snapshot)


def rendering(snapshot):
    """As the worker leaves them for a minute or two."""


@pytest.mark.parametrize(("files", "waits"), [(made, False), (rendering, True)])
def test_a_comment_on_a_fassung_that_was_replaced_meanwhile_is_asked_again(
    world, head, snapshot, way_back, files, waits
):
    files(correct(report_id=world.report.pk, reason="Zahl", expected_version=None, by=world.officer))
    answer = head.post(way_back, {"comment": COMMENT, "version": 2})
    text = words(answer)
    assert answer.status_code == 422
    told = ("hat sich inzwischen geändert", f"{COMMENT}</textarea>", "2. Fassung")
    assert ([one in text for one in told], text.count('value="3"')) == ([True] * 3, 1 if waits else 2)
    assert ["noch nicht alle fertig" in text, "Bericht freigeben" in text] == [waits, not waits]
    head.post(way_back, {"comment": COMMENT, "version": 3})
    assert Report.objects.get().state == "RETURNED"


def test_files_that_are_not_made_yet_are_not_offered(world, head, where):
    frozen = freeze(report_id=world.report.pk, by=world.officer)
    text = words(head.get(where))
    links = [reverse("report_document", args=[edition.pk]) for edition in frozen.editions.all()]
    assert ("noch nicht alle fertig" in text, [link for link in links if link in text]) == (True, [])


def test_what_is_no_longer_public_can_only_go_back(world, head, snapshot, where, way_back):
    measure = Measure.objects.get(title="Sichtbare Sache")
    set_visibility(measure_ids=[measure.pk], visibility=Visibility.INTERNAL, reason="Irrtum", by=world.officer)
    text = words(head.get(where))
    assert ("seit dem Einfrieren weniger Menschen sehen dürfen" in text, "Bericht freigeben" in text) == (True, False)
    head.post(way_back, {"comment": COMMENT, "version": 2})
    assert Report.objects.get().state == "RETURNED"


@pytest.fixture
def returned(world, snapshot):
    give_back(report_id=world.report.pk, comment=COMMENT, expected_version=None, by=world.head)


@pytest.mark.parametrize("page", ["report_edit", "report_correct", "desk"])
def test_the_officer_reads_the_comment(world, officer, returned, page):
    args = [] if page == "desk" else [world.report.pk]
    assert COMMENT in words(officer.get(reverse(page, args=args)))


def test_the_new_fassung_is_judged_with_the_comment_beside_it(world, head, officer, returned, where):
    officer.post(
        reverse("report_correct", args=[world.report.pk]), {"reason": "Zahl berichtigt", "assessment": "", "version": 3}
    )
    make_files(Report.objects.get().snapshots.get(fassung=2))
    text = words(head.get(where))
    assert [one in text for one in (COMMENT, "Zahl berichtigt", "Bericht freigeben")] == [True] * 3


def test_the_comment_stays_between_the_two(world, snapshot, way_back):
    """Who may read the report because an earlier Fassung is released learns nothing of what goes on."""
    release(report_id=world.report.pk, by=world.head)
    make_files(correct(report_id=world.report.pk, reason="Zahl", expected_version=None, by=world.officer))
    give_back(report_id=world.report.pk, comment=COMMENT, expected_version=None, by=world.head)
    clerk, member = signed_in(make_user()), signed_in(make_user(Role.COUNCIL))
    pages = [
        (clerk, "report_edit", [world.report.pk]),
        (clerk, "reports", []),
        (clerk, "desk", []),
        (member, "council_room", []),
        (member, "desk", []),
        (Client(), "public_report", [world.report.period]),
    ]
    texts = [words(client.get(reverse(page, args=args), follow=True)) for client, page, args in pages]
    assert [(COMMENT in text, "urückgegeben" in text) for text in texts] == [(False, False)] * len(pages)


def test_a_return_is_withdrawn_while_nothing_answers_it(world, head, returned):
    where = reverse("report_return_withdraw", args=[world.report.pk])
    page = reverse("report_edit", args=[world.report.pk])
    assert "Rückgabe zurücknehmen" in words(head.get(page))
    assert "wartet wieder auf die Freigabe" in words(head.post(where, follow=True))
    assert "nicht mehr zurückgegeben" in words(head.post(where, follow=True))
    assert Report.objects.get().state == "FROZEN"


def test_the_officer_is_not_offered_to_withdraw_a_return(world, officer, returned):
    assert "Rückgabe zurücknehmen" not in words(officer.get(reverse("report_edit", args=[world.report.pk])))
