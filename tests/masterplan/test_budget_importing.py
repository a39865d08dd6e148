"""Budget figures as a file: it goes round, shows every change, and is taken over all or nothing."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masterplan.budgeting.lines import AMOUNTS, LineEdit, set_lines, set_source
from masterplan.budgeting.rules import NEGATIVE
from masterplan.budgeting.tables import csv_file, text_of
from masterplan.budgeting.taking_over import ListRefused, PreviewOvertaken, import_budget, plan_budget
from masterplan.importing.reading import read_table
from masterplan.importing.table import UnreadableFile
from masterplan.models import BudgetLine, Visibility
from tests.builders import make_line, make_measure, make_officer, make_user
from tests.masterplan.money import form_of, notices

pytestmark = pytest.mark.django_db

HEAD = "Nummer;Jahr;Haushalt;Produkt;Bedarf;Ansatz;Nachtrag;Ist;Stand"


def table(*rows, head=HEAD):
    return read_table("\n".join([head, *rows]).encode())


def take_over(table):
    return import_budget(table, stamp=plan_budget(table, by=None).stamp, by=None)


def values(*names):
    return list(BudgetLine.objects.order_by("year", "kind", "product").values_list(*names))


def test_a_file_with_german_and_plain_numbers_is_taken_over():
    make_measure()

    plan = take_over(
        table(
            "BS-01;2026;Ergebnishaushalt;11.1.02;1.500,50;1.000,00;-50,5;250.25;30.09.2026",
            "BS-1;2026;Auszahlung;;85000;;;;",
        )
    )

    assert [(row.where, row.is_new) for row in plan.rows] == [
        ("Ergebnishaushalt (Aufwand) · 2026 · 11.1.02", True),
        ("Finanzhaushalt (Auszahlung) · 2026", True),
    ]
    assert values("kind", "requested", "appropriated", "supplementary", "spent", "as_of") == [
        ("EXPENSE", Decimal("1500.50"), 1000, Decimal("-50.50"), Decimal("250.25"), date(2026, 9, 30)),
        ("PAYMENT", 85_000, None, 0, None, None),
    ]


def test_a_preview_tells_each_change_and_writes_nothing():
    measure = make_measure()
    make_line(measure, requested=100, appropriated=100, spent=90)

    plan = plan_budget(table("BS-01;2026;Aufwand;;200;;;120,00;31.10.2026"), by=None)

    assert [row.changes for row in plan.rows] == [
        [
            ("Bedarf", "100,00", "200,00"),
            ("Ansatz", "100,00", ""),
            ("Ist", "90,00", "120,00"),
            ("Stand des Ist", "30.09.2026", "31.10.2026"),
        ]
    ]
    row = plan.rows[0]
    assert (row.is_over, row.lacks_appropriation, values("requested")) == (False, True, [(100,)])


def test_columns_that_are_missing_change_nothing():
    make_line(make_measure(), requested=100, appropriated=70)
    take_over(table("BS-01;2026;Aufwand;120", head="Nummer;Jahr;Haushalt;Bedarf"))
    assert values("requested", "appropriated") == [(120, 70)]


WRONG = [
    (
        "XX-99;2026;Aufwand;;1;;;;",
        "Zeile 2, Spalte „Nummer“: Eine Maßnahme „XX-99“ gibt es nicht, oder Sie sehen sie nicht.",
    ),
    (
        "BS-01;26;Aufwand;;1;;;;",
        "Zeile 2, Spalte „Jahr“: „26“ ist kein Haushaltsjahr. Erwartet wird zum Beispiel 2027.",
    ),
    (
        "BS-01;2026;Haushalt;;1;;;;",
        "Zeile 2, Spalte „Haushalt“: „Haushalt“ ist kein Haushalt. Erwartet wird „Ergebnishaushalt“ oder "
        "„Finanzhaushalt“.",
    ),
    (
        "BS-01;2026;Aufwand;;1,234.50;;;;",
        "Zeile 2, Spalte „Bedarf“: „1,234.50“ ist kein Betrag mit höchstens zwei Nachkommastellen. Erwartet wird ein "
        "Betrag in Euro, zum Beispiel 1.234,56.",
    ),
    (
        "BS-01;2026;Aufwand;;-5;;;;",
        f"Zeile 2, Spalte „Bedarf“: {NEGATIVE}",
    ),
    ("BS-01;2026;Aufwand;;1;;;5;", "Zeile 2, Spalte „Stand des Ist“: Nennen Sie den Tag, von dem das Ist stammt."),
    (
        "BS-02;2026;Aufwand;;1;;;;",
        "Zeile 2, Spalte „Nummer“: BS-02 hat nach der Angabe keinen eigenen Ansatz (aus Produkt 11.1.02). Nehmen Sie "
        "das bei der Maßnahme zurück, bevor Sie Beträge einlesen.",
    ),
]


@pytest.mark.parametrize(("row", "sentence"), WRONG)
def test_a_wrong_cell_is_named_and_nothing_of_the_file_is_written(row, sentence):
    make_measure()
    elsewhere = make_measure("Aus anderem Produkt")
    set_source(measure_id=elsewhere.pk, product="11.1.02", expected_version=0, by=None)
    listed = table(row, "BS-01;2027;Aufwand;;5;;;;")

    assert plan_budget(listed, by=None).errors == [sentence]
    with pytest.raises(ListRefused):
        take_over(listed)
    assert values("year") == []


def test_two_rows_of_one_line_are_refused():
    make_measure()
    plan = plan_budget(table("BS-01;2026;Aufwand;;1;;;;", "BS-01;2026;Ergebnishaushalt;;2;;;;"), by=None)
    assert plan.errors == ["Zeile 3 meint dieselbe Haushaltszeile wie Zeile 2."]


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("Nummer;Haushalt;Bedarf", "In der Kopfzeile fehlt „Jahr“."),
        ("Nummer;Jahr;Haushalt;Bedarf;Angemeldeter Bedarf", "Zwei Spalten der Datei meinen „Bedarf“."),
    ],
)
def test_a_file_without_a_column_that_every_line_needs_is_refused(head, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        plan_budget(table("a;b;c;d;e"[: head.count(";") * 2 + 1], head=head), by=None)


def test_a_preview_that_was_overtaken_writes_nothing():
    measure = make_measure()
    make_line(measure, requested=100)
    listed = table("BS-01;2026;Aufwand;;200;;;;")
    stamp = plan_budget(listed, by=None).stamp
    set_lines([LineEdit(measure_id=measure.pk, year=2026, kind="EXPENSE", values={"requested": Decimal(7)})], by=None)

    with pytest.raises(PreviewOvertaken):
        import_budget(listed, stamp=stamp, by=None)

    assert values("requested") == [(7,)]


texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)
cents = st.integers(0, 99_999_999_999).map(lambda number: Decimal(number).scaleb(-2))
lines = st.lists(
    st.tuples(st.sampled_from([2025, 2026]), st.sampled_from(["EXPENSE", "PAYMENT"]), texts, texts, cents, cents),
    max_size=5,
    unique_by=lambda line: line[:4],
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=lines)
def test_an_export_read_in_again_changes_nothing(drawn, officer):
    measure = make_measure()
    edits = [
        LineEdit(
            measure_id=measure.pk,
            year=year,
            kind=kind,
            sub_budget=sub_budget,
            product=product,
            values={"appropriated": one, "supplementary": -min(one, other), "spent": other, "as_of": date(2026, 1, 1)},
        )
        for year, kind, sub_budget, product, one, other in drawn
    ]
    set_lines(edits, by=None)
    listed = csv_file(officer)
    if drawn:
        again = read_table(text_of(read_table(listed)).encode())
        plans = [plan_budget(table, by=officer) for table in (read_table(listed), again)]
        assert [(plan.errors, plan.rows) for plan in plans] == [([], []), ([], [])]


def test_an_export_holds_only_what_one_sees_and_runs_no_formula():
    shown, hidden = make_measure("=1+1"), make_measure("Vertraulich", visibility=Visibility.CONFIDENTIAL)
    for measure in (shown, hidden):
        make_line(measure, appropriated="1234.5", supplementary=-5)
    clerk = make_user()

    assert csv_file(clerk).decode("utf-8-sig").splitlines()[1:] == [
        "BS-01;'=1+1;2026;Ergebnishaushalt (Aufwand);;;0,00;1234,50;-5,00;0,00;0,00;;;0,00;"
    ]


def test_a_workbook_is_read_as_well():
    make_measure()
    book = openpyxl.Workbook()
    book.active.append(["Nummer", "Jahr", "Haushalt", "Bedarf", "Ist", "Stand"])
    book.active.append(["BS-01", 2026, "Aufwand", 1234.5, 10, date(2026, 9, 30)])
    target = BytesIO()
    book.save(target)

    take_over(read_table(target.getvalue()))

    assert values("requested", "spent", "as_of") == [(Decimal("1234.50"), 10, date(2026, 9, 30))]


def test_an_import_costs_the_same_queries_for_3_lines_and_for_60(django_assert_max_num_queries):
    asked = []
    for count, year in ((3, 2026), (60, 2027)):
        numbers = [make_measure(f"M {year} {place}").number for place in range(count)]
        listed = table(*(f"{number};{year};Aufwand;;5;;;;" for number in numbers))
        stamp = plan_budget(listed, by=None).stamp
        with django_assert_max_num_queries(20) as captured:
            import_budget(listed, stamp=stamp, by=None)
        asked.append(len(captured.captured_queries))
    assert asked[0] == asked[1]


def test_who_may_not_edit_the_budget_reads_nothing_in():
    with pytest.raises(PermissionDenied):
        plan_budget(table("BS-01;2026;Aufwand;;5;;;;"), by=make_user())


def uploaded(client, text):
    file = SimpleUploadedFile("haushalt.csv", text.encode())
    return client.post("/arbeitsbereich/haushalt/einlesen/", {"file": file})


def test_the_page_shows_every_change_before_it_is_taken_over(client, treasurer):
    make_line(make_measure(), requested=100)

    preview = uploaded(client, f"{HEAD}\nBS-01;2026;Aufwand;;200,00;;;;\n")
    shown = [row.changes for row in preview.context["rows"]]
    done = client.post("/arbeitsbereich/haushalt/einlesen/uebernehmen/", form_of(preview), follow=True)

    assert shown == [[("Bedarf", "100,00", "200,00")]]
    assert (notices(done), values("requested")) == (["Eine Haushaltszeile ist übernommen."], [(200,)])


@pytest.mark.parametrize(("count", "where"), [(1, "einer Zeile"), (2, "zwei Zeilen")])
def test_who_takes_over_an_ist_beyond_what_is_available_is_warned(client, treasurer, count, where):
    make_measure()
    rows = "".join(f"BS-01;2026;Aufwand;{place};;100;;200;30.09.2026\n" for place in range(count))
    preview = uploaded(client, f"{HEAD}\n{rows}")

    done = client.post("/arbeitsbereich/haushalt/einlesen/uebernehmen/", form_of(preview), follow=True)

    assert notices(done)[1:] == [f"Bei {where} liegt das Ist über dem, was bereitsteht."]


def test_the_page_renews_a_preview_that_was_overtaken(client, treasurer):
    measure = make_measure()
    make_line(measure, requested=100)
    preview = uploaded(client, f"{HEAD}\nBS-01;2026;Aufwand;;200,00;;;;\n")
    set_lines([LineEdit(measure_id=measure.pk, year=2026, kind="EXPENSE", values={"requested": Decimal(7)})], by=None)

    again = client.post("/arbeitsbereich/haushalt/einlesen/uebernehmen/", form_of(preview))

    assert (again.status_code, [row.changes for row in again.context["rows"]], values("requested")) == (
        409,
        [[("Bedarf", "7,00", "200,00")]],
        [(7,)],
    )


@pytest.mark.parametrize("content", ["", f"{HEAD}\n", f"{HEAD}\nBS-77;2026;Aufwand;;1;;;;\n", "a;b\n1;2\n"])
def test_a_file_that_cannot_be_read_is_answered_with_what_is_wrong(client, treasurer, content):
    assert uploaded(client, content).status_code == 422


def test_an_officer_exports_what_is_confidential(client):
    officer = make_officer()
    make_line(make_measure("Vertraulich", visibility=Visibility.CONFIDENTIAL), appropriated=5)
    client.force_login(officer)
    assert b"Vertraulich" in client.get("/arbeitsbereich/haushalt.csv").content


def test_every_amount_has_a_column():
    head = csv_file(make_officer()).decode("utf-8-sig").splitlines()[0].split(";")
    labels = {str(BudgetLine._meta.get_field(name).verbose_name) for name in (*AMOUNTS, "as_of", "resolved")}
    assert labels - set(head) == set()
