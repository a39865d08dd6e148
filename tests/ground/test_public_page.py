from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from ground.models import PublicVersion
from ground.public_page import etag_of, kept, public_page

STAMP = datetime(2026, 11, 22, tzinfo=UTC)
VERSION = PublicVersion(number=3, raised_at=STAMP)


@public_page
def page(request, today, word="leer"):
    return HttpResponse(word)


@pytest.mark.parametrize(
    ("version", "day", "address"),
    [
        (PublicVersion(number=4, raised_at=STAMP), date(2026, 11, 22), "/"),
        (PublicVersion(number=3, raised_at=STAMP.replace(hour=1)), date(2026, 11, 22), "/"),
        (VERSION, date(2026, 11, 23), "/"),
        (VERSION, date(2026, 11, 22), "/?page=2"),
    ],
)
def test_the_etag_changes_with_data_day_and_address(version, day, address):
    assert etag_of(version, day, address) != etag_of(VERSION, date(2026, 11, 22), "/")


@pytest.mark.django_db
def test_who_has_the_page_already_gets_a_304_from_one_query(django_assert_num_queries):
    first = page(RequestFactory().get("/x/"))
    with django_assert_num_queries(1):
        second = page(RequestFactory().get("/x/", headers={"If-None-Match": first["ETag"]}))
    assert (first.status_code, second.status_code, second.content, second["ETag"], second["Cache-Control"]) == (
        200,
        304,
        b"",
        first["ETag"],
        "public, max-age=60, stale-while-revalidate=60, stale-if-error=600",
    )


@pytest.mark.django_db
def test_a_page_that_was_overtaken_is_sent_again():
    first = page(RequestFactory().get("/x/"))
    PublicVersion.objects.update(number=99)
    assert page(RequestFactory().get("/x/", headers={"If-None-Match": first["ETag"]})).status_code == 200


@pytest.mark.django_db
def test_a_public_page_takes_no_post():
    assert page(RequestFactory().post("/x/")).status_code == 405


def test_what_is_kept_is_made_once_per_version_and_name():
    cache.clear()
    made = []

    def make():
        made.append(1)
        return len(made)

    newer = PublicVersion(number=4, raised_at=STAMP)
    results = [kept(VERSION, "a", make), kept(VERSION, "a", make), kept(VERSION, "b", make), kept(newer, "a", make)]
    assert results == [1, 1, 2, 3]
