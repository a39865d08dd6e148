"""What everyone sees of what is attached to a measure, and how it leaves the house."""

import pytest
from django.urls import reverse

from ground.uploads import checked
from masterplan.attaching import add_files
from masterplan.models import Visibility
from masterplan.publishing import set_visibility
from tests.builders import make_public_measure
from tests.files import pdf
from tests.masterplan.test_attaching import attach, edit, link, withdraw

pytestmark = pytest.mark.django_db


def hide(one):
    set_visibility(measure_ids=[one.measure_id], visibility=Visibility.INTERNAL, reason="zu prüfen", by=None)


def address(one):
    return reverse("public_attachment", args=[one.measure.slug, one.pk, one.document.name])


def page(client, measure):
    return " ".join(client.get(reverse("public_measure", args=[measure.slug])).content.decode().split())


def test_the_page_of_a_measure_shows_what_was_published_in_its_order(client) -> None:
    measure = make_public_measure()
    shown, _ = attach(measure, "Konzept", public=True), attach(measure, "Entwurf")
    link(measure, "Vorlage 12", public=True)
    link(measure, "Intern")
    html = page(client, measure)
    assert f'href="{address(shown)}">Konzept <span class="file-link__kind">(PDF, ' in html
    assert (
        'href="https://rat.stadt.example/">Vorlage 12 <span class="file-link__kind">(Link zu rat.stadt.example)' in html
    )
    assert ("Entwurf" in html, "Intern" in html, html.index("Konzept") < html.index("Vorlage 12")) == (
        False,
        False,
        True,
    )


def test_a_measure_without_public_files_says_nothing_of_them(client) -> None:
    measure = make_public_measure()
    attach(measure, "Entwurf")
    assert "Dokumente" not in page(client, measure)


@pytest.mark.parametrize("end", [hide, withdraw, lambda one: edit(one, public=False, reason="falsch")])
def test_a_file_is_gone_once_it_or_its_measure_is_no_longer_public(client, end) -> None:
    one = attach(make_public_measure(), public=True)
    before = client.get(address(one))
    assert before.status_code == 200
    end(one)
    after = [client.get(address(one)), client.get(address(one), headers={"If-None-Match": before["ETag"]})]
    assert [answer.status_code for answer in after] == [404, 404]


def test_a_file_has_one_address(client) -> None:
    one, other = attach(make_public_measure(), public=True), make_public_measure("Andere")
    wrong = [
        reverse("public_attachment", args=[one.measure.slug, one.pk, "anders.pdf"]),
        reverse("public_attachment", args=[other.slug, one.pk, one.document.name]),
    ]
    assert [client.get(where).status_code for where in (address(one), *wrong)] == [200, 404, 404]


def served(client, name, content):
    measure = make_public_measure()
    (one,) = add_files(measure_id=measure.pk, files=[("x", checked(name, content))], public=True, by=None)
    return client.get(address(one))


@pytest.mark.parametrize(
    ("name", "content", "media_type", "disposition", "sandboxed"),
    [
        ("Größe 1.pdf", pdf(), "application/pdf", "inline; filename*=utf-8''Gr%C3%B6%C3%9Fe%201.pdf", False),
        ("a.csv", b"a;b\n", "text/csv; charset=utf-8", 'attachment; filename="a.csv"', True),
        ("a.txt", b"<b>fett</b>", "text/plain; charset=utf-8", 'attachment; filename="a.txt"', True),
    ],
)
def test_a_file_leaves_as_what_it_is(client, name, content, media_type, disposition, sandboxed) -> None:
    answer = served(client, name, content)
    policy = answer["Content-Security-Policy"]
    assert (answer["Content-Type"], answer["Content-Disposition"], policy.endswith("; sandbox")) == (
        media_type,
        disposition,
        sandboxed,
    )
    assert (answer.content, answer["X-Content-Type-Options"]) == (content, "nosniff")


def test_caches_keep_a_file_and_ask_each_time_by_its_hash(client) -> None:
    one = attach(make_public_measure(), public=True)
    answer = client.get(address(one))
    again = client.get(address(one), headers={"If-None-Match": answer["ETag"]})
    assert (answer["ETag"], answer["Cache-Control"]) == (f'"{one.document.sha256[:32]}"', "public, no-cache")
    assert (again.status_code, again["ETag"]) == (304, answer["ETag"])
