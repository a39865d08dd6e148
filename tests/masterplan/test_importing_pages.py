from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.access import Role
from masterplan.importing.drafts import stamp_of, sweep_drafts
from masterplan.importing.table import TOO_LARGE
from masterplan.models import ImportDraft, Measure
from masterplan.planning import edit_measure
from strategy.models import FieldOfAction
from tests.builders import make_field, make_measure, make_officer, make_public_measure, make_user
from tests.masterplan.lists import HEAD, as_csv, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def upload(client, content, name="liste.csv"):
    return client.post(reverse("import_start"), {"file": SimpleUploadedFile(name, content)})


def to_preview(client, *lines, head=HEAD):
    """Uploads, accepts the guessed columns, opens the preview."""
    address = upload(client, as_csv(*lines, head=head)).url
    fields = client.get(address).context["form"]
    answer = client.post(address, {field.html_name: field.initial for field in fields})
    return client.get(answer.url)


def confirm(client, preview, **answers):
    draft = preview.context["draft"]
    form = {"stamp": preview.context["form"].initial["stamp"], **answers}
    return client.post(reverse("import_apply", args=[draft.pk]), form)


def test_a_list_goes_from_the_file_to_the_measures(desk):
    preview = to_preview(desk, "Mobilität;01;Bus/Bahn *", "Bildung;01;Netz")

    assert (preview.context["summary"], preview.context["action"]) == (
        "Zwei Maßnahmen neu.",
        "2 Maßnahmen anlegen",
    )
    done = desk.get(confirm(desk, preview, new_fields="on").url)
    assert done.context["result"] == {
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "fields": ["Mobilität", "Bildung"],
        "codes": ["BI", "MO"],
    }
    assert done.context["measures_url"] == "/arbeitsbereich/massnahmen/?sichtbarkeit=INTERNAL&feld=BI&feld=MO"
    assert list(Measure.objects.values_list("number", "title", "visibility")) == [
        ("BI-01", "Netz", "INTERNAL"),
        ("MO-01", "Bus/Bahn *", "INTERNAL"),
    ]


def test_new_fields_have_to_be_confirmed(desk):
    preview = to_preview(desk, "Mobilität;01;Bus")
    answer = confirm(desk, preview)

    assert (answer.status_code, list(answer.context["form"].errors), Measure.objects.count()) == (
        422,
        ["new_fields"],
        0,
    )


def test_a_reason_is_asked_where_a_committed_state_changes(desk):
    make_public_measure("Termine")
    preview = to_preview(desk, "BS;1;Termine;geplant", head=f"{HEAD};Phase")
    refused = confirm(desk, preview)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])

    confirm(desk, preview, reason="Beschluss vom Montag")
    assert Measure.objects.get().phase == "PLANNED"


def test_confirming_twice_writes_once(desk):
    preview = to_preview(desk, "Mobilität;01;Bus")
    first = confirm(desk, preview, new_fields="on")
    before = everything()

    assert confirm(desk, preview, new_fields="on").url == first.url
    assert everything() == before


def test_an_overtaken_preview_shows_what_changed_and_writes_nothing(desk):
    measure = make_measure("Alt")
    preview = to_preview(desk, "BS;1;Meiner")
    edit_measure(measure_id=measure.pk, values={"title": "Ihrer"}, expected_version=None, by=None)
    before = everything()

    answer = confirm(desk, preview)

    assert (answer.status_code, everything()) == (409, before)
    assert [(one.measure.number, one.lines[0].after) for one in answer.context["overtaken"]] == [("BS-01", "Ihrer")]
    confirm(desk, answer)
    assert Measure.objects.get().title == "Meiner"


def test_a_preview_in_another_window_is_not_confirmed_by_mistake(desk):
    make_measure("Alt")
    preview = to_preview(desk, "BS;1;Neu")
    draft = ImportDraft.objects.get()
    draft.versions = {"BS-01": 99}
    assert stamp_of(draft) != preview.context["form"].initial["stamp"]
    draft.save()

    assert confirm(desk, preview).status_code == 409


def test_errors_are_shown_and_cannot_be_confirmed(desk):
    make_field()
    preview = to_preview(desk, "BS;1;x;bald", head=f"{HEAD};Ende")

    assert [(error.line, error.column) for error in preview.context["errors"]] == [(2, "Ende")]
    assert confirm(desk, preview).status_code == 422
    assert Measure.objects.count() == 0


def test_a_file_that_changes_nothing_offers_nothing_to_confirm(desk):
    make_measure("Termine")
    preview = to_preview(desk, "BS;1;Termine")
    assert (preview.context["action"], "Die Datei ändert nichts" in preview.content.decode()) == ("", True)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Die Datei ist leer."),
        (b"\x89PNG\r\n\x1a\n\0", "Das ist eine Datei der Art PNG."),
        (b"x" * 10_000_001, TOO_LARGE),
        (as_csv(), "Die Datei enthält nur die Zeile mit den Spaltennamen."),
    ],
)
def test_a_bad_file_is_refused_beside_its_field(desk, content, sentence):
    answer = upload(desk, content, "liste.csv")
    (error,) = answer.context["form"].errors["file"]
    assert (answer.status_code, error[: len(sentence)], ImportDraft.objects.count()) == (422, sentence, 0)


def test_columns_can_be_corrected_and_left_out(desk):
    make_field()
    address = upload(desk, as_csv("BS;1;Worte;4711", head="Handlungsfeld;Nr;Inhalt;Kosten")).url
    refused = desk.post(address, {"column_0": "field", "column_1": "", "column_2": "title", "column_3": "title"})
    assert (refused.status_code, refused.context["form"].non_field_errors()) == (
        422,
        [
            "Es fehlt die Spalte „Nummer“. Ohne sie ist nicht zu erkennen, welche Maßnahme gemeint ist.",
            "„Titel“ ist mehreren Spalten zugeordnet. Wählen Sie eine davon.",
        ],
    )
    answer = desk.post(address, {"column_0": "field", "column_1": "number", "column_2": "title", "column_3": ""})
    confirm(desk, desk.get(answer.url))
    assert Measure.objects.get().title == "Worte"


def test_a_preview_without_key_columns_leads_back_to_them(desk):
    address = upload(desk, as_csv("x", head="Titel")).url
    pk = ImportDraft.objects.get().pk
    assert [desk.get(reverse("import_preview", args=[pk])).url, desk.post(reverse("import_apply", args=[pk])).url] == [
        address,
        address,
    ]


@pytest.mark.parametrize("name", ["import_mapping", "import_preview", "import_apply", "import_done"])
def test_a_draft_is_its_owners_and_of_today(desk, name):
    upload(desk, as_csv("BS;1;x"))
    draft = ImportDraft.objects.get()
    address = reverse(name, args=[draft.pk])
    call = desk.post if name == "import_apply" else desk.get
    assert call(address).status_code != 404

    ImportDraft.objects.update(created_at=datetime.now(UTC) - timedelta(hours=25))
    assert call(address).status_code == 404
    ImportDraft.objects.update(created_at=datetime.now(UTC), user=make_officer())
    assert call(address).status_code == 404


def test_a_new_upload_replaces_the_last_and_old_ones_are_swept(desk, officer):
    for _ in range(2):
        upload(desk, as_csv("BS;1;x"))
    assert ImportDraft.objects.count() == 1
    assert sweep_drafts(now=datetime.now(UTC) + timedelta(hours=25)) == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DIGITAL_OFFICER])
@pytest.mark.parametrize("name", ["import_start", "import_example"])
def test_others_do_not_import(client, role, name):
    client.force_login(make_user(role))
    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.DIGITAL_OFFICER, 200), (Role.ADMINISTRATION, 200), (Role.IT, 200), (Role.COUNCIL, 403)],
)
@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_the_export_is_for_those_inside(client, role, status, kind, start):
    client.force_login(make_user(role))
    answer = client.get(reverse("measures_export", args=[kind]))
    assert answer.status_code == status
    assert status == 403 or answer.content.startswith(start)


def test_the_preview_costs_the_same_queries_for_three_rows_and_for_sixty(desk):
    make_field("FE", "Feld")
    costs = []
    for rows in (3, 60):
        address = to_preview(desk, *(f"Feld;{turn};Titel" for turn in range(1, rows + 1))).wsgi_request.path
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert FieldOfAction.objects.count() == 1
