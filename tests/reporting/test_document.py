"""One rendering of many measures for the whole file; WeasyPrint takes seconds."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pytest

from ground.documents import AssetRefused, to_pdf
from reporting.compare import changes
from reporting.document import write_html, write_pdf
from reporting.payload import Field
from tests.reporting.payloads import a_measure, a_milestone, a_payload, moved
from tests.reporting.proof import PROOF

HOSTILE = "<img src=file:///etc/passwd><script>alert(1)</script>"
LONG = "Digitalisierungsmaßnahmen im Zuständigkeitsbereich der Verwaltung mit allen Schnittstellen und Beteiligten"
KEYS = ("CRITICAL", "AT_RISK", "ON_TRACK", "NOT_ASSESSED", "COMPLETED", "DEFERRED", "REJECTED", "MERGED")
ENDED = {"is_active": False, "actual_end": date(2026, 11, 1)}


def a_full_payload(count, **values):
    """`count` measures of every status with long names; each has changed, so that page one is as full as it gets."""
    before, after = [], []
    for serial in range(1, count + 1):
        status = KEYS[serial % len(KEYS)]
        plain = a_measure(
            number=f"BS-{serial:02d}",
            title=f"{LONG[: 40 + serial % 70].strip()} {serial}",
            teaser=LONG * 2,
            milestones=tuple(a_milestone(f"Schritt {step}", planned=date(2026, 8, step + 1)) for step in range(8)),
            resolved_end=date(2026, 12, 31),
        )
        before.append(plain)
        late = moved(plain, date(2027, 3, 31), reason=LONG, status=status, sentence=LONG)
        after.append(late if status in KEYS[:4] else replace(late, phase=status, status=status, **ENDED))
    told = a_payload(*after, assessment=(LONG * 8)[:700], fields=(Field(code="BS", title="Bürgerservice"),), **values)
    return replace(told, changes=changes(a_payload(*before), told))


@pytest.fixture(scope="module")
def told():
    first, *others = a_full_payload(24).measures
    measures = (replace(first, title=f"Feindlich {HOSTILE}"), *others)
    return replace(a_full_payload(24), measures=measures)


@pytest.fixture(scope="module")
def final(told):
    return write_pdf(told, PROOF, arms=None).content


@pytest.fixture(scope="module")
def draft(told):
    return write_pdf(told, None, arms=None).content


def pages(pdf):
    ran = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return ran.stdout.decode().split("\f")[:-1]


def words(text):
    return " ".join(text.split())


def kinds(element):
    """Every structure type below an element."""
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from kinds(one)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from kinds(element.K)


def test_the_file_is_tagged_titled_and_german(final):
    with pikepdf.open(BytesIO(final)) as pdf:
        with pdf.open_metadata() as metadata:
            conformance = metadata.get("pdfuaid:part")
        found = (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked), str(pdf.docinfo["/Title"]), conformance)
        assert found == ("de", True, "Statusbericht Digitalisierung, 2. Halbjahr 2026 – Ausgabe Rat", "1")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_there_is_one_first_heading_and_pictures_have_their_text(final):
    with pikepdf.open(BytesIO(final)) as pdf:
        tags = list(kinds(pdf.Root.StructTreeRoot))
        pictures = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        assert tags.count("/H1") == 1
        assert {"/Table", "/TH", "/TD", "/H2", "/H3"} <= set(tags)
        assert [str(one.get("/Alt", "")) for one in pictures] == [
            "Wappen: Stadt Beispiel",
            "QR-Code mit der Adresse dieses Berichts auf dem Portal",
        ]


def test_no_table_has_a_second_header_row(told):
    html = write_html(told, PROOF)
    heads = [part.split("</thead>")[0] for part in html.split("<thead>")[1:]]
    assert {head.count("<tr>") for head in heads} == {1}


def test_the_bookmarks_are_the_sections_and_the_measures(final):
    with pikepdf.open(BytesIO(final)) as pdf, pdf.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
        profiles = next(entry for entry in outline.root if entry.title == "Steckbriefe").children
    assert titles[1:] == [
        "Auf einen Blick",
        "Alle Änderungen",
        "Alle Maßnahmen",
        "Meilensteine",
        "Steckbriefe",
        "Anlage: Herleitung und Prüfung",
    ]
    assert len(profiles) == 24


def test_page_one_is_one_page_however_much_changed(final):
    texts = pages(final)
    begins = [number for number, text in enumerate(texts) if "Auf einen Blick" in text and number]
    follows = [number for number, text in enumerate(texts) if "Alle Änderungen" in text and number]
    assert (begins, follows[0]) == ([1], 2)
    assert "Weitere 12 Änderungen auf Seite 3" in words(texts[1])


def test_links_within_the_document_lead_to_its_sections(told):
    html = write_html(told, PROOF)
    targets = set(re.findall('href="#([^"]+)"', html))
    assert targets == {"blick", "aenderungen", "alle", "meilensteine", "steckbriefe", "anlage"}
    assert targets <= set(re.findall(' id="([^"]+)"', html))


def test_the_longest_kind_of_change_does_not_run_into_the_next_cell(final):
    text = words(" ".join(pages(final)))
    assert ("Zusammengeführt BS-" in text, "ZusammengeführtBS-" in text) == (True, False)


def test_code_and_hash_are_printed(final):
    texts = pages(final)
    assert [number for number, text in enumerate(texts) if PROOF.code not in text] == []
    assert words(" ".join(["abababab"] * 4)) in words(texts[-1])


def test_every_page_says_its_number_and_the_period(final):
    texts = [words(text) for text in pages(final)]
    marks = [f"Seite {number} von {len(texts)}" for number in range(1, len(texts) + 1)]
    assert [mark for mark, text in zip(marks, texts, strict=True) if mark not in text] == []
    assert [text for text in texts if "2. Halbjahr 2026" not in text] == []


def test_a_draft_is_marked_on_each_page_and_else_the_same(draft, final):
    drafts, finals = pages(draft), pages(final)
    assert [number for number, text in enumerate(drafts) if "Entwurf" not in text] == []
    assert [number for number, text in enumerate(finals) if "Entwurf" in text] == []
    marks = ("Entwurf", "ohne Prüfcode", f"Prüfcode {PROOF.code}")

    def bare(text):
        for mark in marks:
            text = text.replace(mark, "")
        return words(text)

    assert [bare(text) for text in drafts[:-1]] == [bare(text) for text in finals[:-1]]


def test_a_profile_that_moves_to_the_next_page_leaves_nothing_behind(told, final):
    assert " ".join(pages(final)).count("Eckdaten") == len(told.measures)


def test_two_renderings_give_the_same_bytes(told, final):
    assert write_pdf(told, PROOF, arms=None).content == final


def test_text_from_people_stays_text(told, final):
    assert "&lt;img src=file:///etc/passwd&gt;" in write_html(told, PROOF)
    assert "<img src=file:///etc/passwd>" in words(" ".join(pages(final)))


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1/x.png", "data:image/png;base64,x"])
def test_the_renderer_reads_nothing_but_its_assets(address):
    with pytest.raises(AssetRefused):
        to_pdf(f'<html lang="de"><img src="{address}" alt="x">', assets={}, identifier="x")


def test_what_is_not_public_is_always_said_to_be_missing(final):
    assert "Nichtöffentliche Maßnahmen sind nicht enthalten." in words(pages(final)[1])


@pytest.mark.prove
@pytest.mark.parametrize("count", [126, 200])
def test_a_large_report_names_every_measure_in_5_megabytes(count):
    told = a_full_payload(count)
    pdf = write_pdf(told, PROOF, arms=None).content
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        profiles = next(entry for entry in outline.root if entry.title == "Steckbriefe").children
        named = [entry.title for entry in profiles]
    assert len(pdf) <= 5_000_000
    assert named == [f"{measure.number} {measure.title}" for measure in told.measures]
