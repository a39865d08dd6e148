import pytest

from ground.frame import current_frame
from ground.models import Document, PublicVersion
from tests.builders import make_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def arms():
    return Document.store(name="wappen.png", media_type="image/png", content=b"\x89PNG...")


def test_the_arms_are_served_to_everyone_and_to_caches(client, arms):
    make_town(arms=arms)

    response = client.get("/wappen.png")

    assert (response.content, response["Content-Type"], response["Cache-Control"]) == (
        b"\x89PNG...",
        "image/png",
        "public, max-age=86400",
    )
    assert client.get("/wappen.png", headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert not response.cookies


def test_pages_link_the_arms_of_their_version(arms):
    make_town(arms=arms)

    assert current_frame(PublicVersion.current()).arms_url == f"/wappen.png?v={arms.sha256[:8]}"


def test_a_town_without_arms_has_no_such_address(client):
    make_town()

    assert client.get("/wappen.png").status_code == 404
    assert current_frame(PublicVersion.current()).arms_url == ""
