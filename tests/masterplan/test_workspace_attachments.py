"""Files and links of a measure in the workspace: the pages, and the files themselves."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.access import Role
from masterplan.models import Attachment, Visibility
from tests.builders import make_measure, make_public_measure, make_user
from tests.files import ooxml, pdf, picture
from tests.masterplan.test_attaching import attach, edit, link

pytestmark = pytest.mark.django_db
CHOOSE_AGAIN = "Wählen Sie die Dateien noch einmal aus; Ihre übrigen Angaben stehen noch da."


def upload(client, measure, *files, **data):
    """Each file is a pair of name and content."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    address = reverse("measure_files_add", args=[measure.number])
    return client.post(address, {"uploads": sent, **data}, follow=True)


def text(response):
    return " ".join(response.content.decode().split())


def stored():
    return [(one.title, one.document.name, one.public) for one in Attachment.objects.select_related("document")]


def test_several_files_are_added_at_once_under_their_names(client, officer) -> None:
    page = text(upload(client, make_measure(), ("Konzept_Kita 1.pdf", pdf()), ("liste.csv", b"a;b\n")))
    assert stored() == [("Konzept Kita 1", "Konzept_Kita 1.pdf", False), ("liste", "liste.csv", False)]
    assert "2 Dateien sind hinzugefügt und intern." in page
    assert 'Konzept Kita 1 <span class="file-link__kind">(PDF, ' in page


def test_one_refused_file_stops_all_and_what_was_typed_stays(client, officer) -> None:
    measure = make_measure()
    page = text(upload(client, measure, ("a.pdf", pdf()), ("b.pdf", picture()), title="Zwei", public="on"))
    assert stored() == []
    assert ("„b.pdf“ endet auf „.pdf“, ist aber eine Datei der Art PNG-Bild." in page, CHOOSE_AGAIN in page) == (
        True,
    ) * 2
    assert ('value="Zwei"' in page, page.count(" checked")) == (True, 1)


@pytest.mark.parametrize(
    ("files", "data", "sentence"),
    [
        ([], {}, "Wählen Sie eine Datei aus."),
        ([("a.pdf", pdf())] * 6, {}, "Das sind 6 Dateien, höchstens 5 gehen auf einmal."),
        ([("a.pdf", pdf())] * 2, {"title": "Zwei"}, "Ein Titel passt nur zu einer Datei."),
        ([("a.pdf", b"")], {}, "„a.pdf“ ist leer."),
        ([("a.pdf", pdf())], {"title": "Plan von Frau Ott"}, "Hier steht „Frau Ott“. Der Text bleibt intern"),
    ],
)
def test_an_upload_that_does_not_fit_is_refused_with_a_sentence(client, officer, files, data, sentence) -> None:
    response = upload(client, make_measure(), *files, **data)
    assert (response.status_code, sentence in text(response), stored()) == (422, True, [])


def test_whose_measure_it_is_adds_files_that_stay_inside(client) -> None:
    clerk = make_user()
    measure = make_measure(responsible=clerk)
    client.force_login(clerk)
    page = text(upload(client, measure, ("a.pdf", pdf()), public="on"))
    assert (stored(), "hinzugefügt und intern" in page) == ([("a", "a.pdf", False)], True)


def test_a_file_that_names_its_author_becomes_public_only_when_confirmed(client, officer) -> None:
    measure = make_public_measure()
    page = text(upload(client, measure, ("a.docx", ooxml(creator="Erika Ott")), public="on"))
    one = Attachment.objects.get()
    assert (one.public, "In den Eigenschaften der Datei steht „Erika Ott“." in page) == (False, True)
    address = reverse("attachment_edit", args=[measure.number, one.pk])
    data = {"version": one.version, "title": one.title, "public": "on"}
    asked = text(client.post(address, data))
    assert ("In den Eigenschaften der Datei steht „Erika Ott“." in asked, stored()) == (True, [("a", "a.docx", False)])
    client.post(address, {**data, "names_kept": "on"})
    assert stored() == [("a", "a.docx", True)]


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("javascript:alert(1)", "beginnt."),
        ("ftp://stadt.example/", "beginnt."),
        ("https://name:wort@stadt.example/", "Lassen Sie Benutzername und Passwort in der Adresse weg."),
        ("", "Bitte füllen Sie dieses Feld aus."),
    ],
)
def test_a_link_leads_to_a_page_of_the_web(client, officer, url, sentence) -> None:
    measure = make_measure()
    address = reverse("measure_link_add", args=[measure.number])
    page = text(client.post(address, {"url": url, "title": "Vorlage"}))
    assert (sentence in page, Attachment.objects.count()) == (True, 0)
    client.post(address, {"url": "rat.stadt.example/1", "title": "Vorlage"})
    page = text(client.get(reverse("measure_attachments", args=[measure.number])))
    assert (
        'href="https://rat.stadt.example/1">Vorlage <span class="file-link__kind">(Link zu rat.stadt.example)' in page
    )


def test_a_form_that_was_overtaken_shows_both_titles(client, officer) -> None:
    measure = make_measure()
    one = attach(measure)
    edit(one, title="Ihr Titel")
    address = reverse("attachment_edit", args=[measure.number, one.pk])
    page = text(client.post(address, {"version": one.version, "title": "Mein Titel"}))
    assert ("Ihr Titel" in page, "Mein Titel" in page) == (True, True)
    assert stored() == [("Ihr Titel", "konzept.pdf", False)]


def test_a_public_file_is_withdrawn_with_a_reason_and_restored(client, officer) -> None:
    measure = make_public_measure()
    one = attach(measure, public=True)
    address = reverse("attachment_withdraw", args=[measure.number, one.pk])
    assert "Bitte füllen Sie dieses Feld aus." in text(client.post(address, {"version": one.version}))
    page = text(client.post(address, {"version": one.version, "reason": "Überholt."}, follow=True))
    assert "War öffentlich und bleibt deshalb gespeichert." in page
    client.post(reverse("attachment_restore", args=[measure.number, one.pk]))
    assert stored() == [("Konzept", "konzept.pdf", False)]


def asked(client, one, user):
    client.force_login(user)
    return client.get(reverse("attachment_file", args=[one.measure.number, one.pk]))


@pytest.mark.parametrize(
    ("visibility", "role", "status"),
    [
        (Visibility.INTERNAL, Role.ADMINISTRATION, 200),
        (Visibility.INTERNAL, Role.IT, 200),
        (Visibility.INTERNAL, Role.DIGITAL_OFFICER, 200),
        (Visibility.INTERNAL, Role.COUNCIL, 403),
        (Visibility.CONFIDENTIAL, Role.ADMINISTRATION, 404),
        (Visibility.CONFIDENTIAL, Role.IT, 404),
        (Visibility.CONFIDENTIAL, Role.DIGITAL_OFFICER, 200),
    ],
)
def test_an_internal_file_is_for_who_sees_its_measure(client, visibility, role, status) -> None:
    one = attach(make_measure(visibility=visibility))
    assert asked(client, one, make_user(role)).status_code == status


def test_a_file_leaves_as_what_it_is_and_for_no_cache(client, officer) -> None:
    answer = asked(client, attach(make_measure()), officer)
    names = ("Content-Type", "Content-Disposition", "Cache-Control", "X-Content-Type-Options")
    assert [answer[name] for name in names] == [
        "application/pdf",
        'inline; filename="konzept.pdf"',
        "private, no-store",
        "nosniff",
    ]
    assert answer.content == pdf()


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_takes_the_same_number_of_queries(client, officer, django_assert_num_queries, count) -> None:
    measure = make_measure()
    for _ in range(count):
        link(measure)
    with django_assert_num_queries(10):
        assert client.get(reverse("measure_attachments", args=[measure.number])).status_code == 200
