"""From a real town's list, read in and published in bulk, to its report."""

from io import BytesIO

import pikepdf
import pytest
from django.conf import settings
from django.core.management import call_command

from masterplan.changing import BulkAction, BulkChange, change_many
from masterplan.models import Measure, Visibility
from reporting.freezing import freeze
from reporting.models import EditionKind
from reporting.rendering import render
from tests.reporting.conftest import FROZEN_AT
from tests.reporting.test_document import kinds, pages

LIST = settings.BASE_DIR.parent / "shared/data/ulm-smart-city-massnahmen.csv"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.prove,
    pytest.mark.skipif(not LIST.exists(), reason="the real list does not lie beside the project"),
]


def bare(text):
    """Without blanks, so that it does not matter where a line was broken."""
    return "".join(text.split())


def test_a_report_over_126_measures_published_in_bulk_is_tagged_and_names_them_all(world):
    call_command("import_measures", str(LIST), verbosity=0)
    imported = Measure.objects.exclude(field__code="BS")
    versions = dict(imported.values_list("pk", "version"))
    change = BulkChange(field=BulkAction.PUBLISH.field, value=Visibility.PUBLIC)
    assert change_many(versions=versions, change=change, by=world.officer) == 126
    edition = freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT).editions.get(kind=EditionKind.PUBLIC)
    pdf = bytes(render(edition_id=edition.pk).content)
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        assert metadata.get("pdfuaid:part") == "1"
        assert list(kinds(opened.Root.StructTreeRoot)).count("/H1") == 1
    text = bare(" ".join(pages(pdf)))
    titles = Measure.objects.filter(pk__in=versions).values_list("number", "title")
    assert [number for number, title in titles if bare(f"{number} {title}") not in text] == []
