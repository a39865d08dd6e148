from io import BytesIO

import pytest
from PIL import Image

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

    frame = current_frame(PublicVersion.current())

    assert (frame.arms_url, frame.icon_url) == (
        f"/wappen.png?v={arms.sha256[:8]}",
        f"/favicon.ico?v={arms.sha256[:8]}",
    )


def test_a_town_without_arms_has_no_such_address(client):
    make_town()

    assert client.get("/wappen.png").status_code == 404
    assert current_frame(PublicVersion.current()).arms_url == ""


def test_the_icon_shows_the_arms_or_the_portals_own_sign(client):
    plain = client.get("/favicon.ico")
    red = BytesIO()
    Image.new("RGB", (40, 50), "#ff0000").save(red, "PNG")
    make_town(arms=Document.store(name="wappen.png", media_type="image/png", content=red.getvalue()))
    armed = client.get("/favicon.ico")

    assert [looks(answer) for answer in (plain, armed)] == [
        ("image/vnd.microsoft.icon", {(16, 16), (32, 32), (48, 48)}, (32, 68, 170, 255)),
        ("image/vnd.microsoft.icon", {(16, 16), (32, 32), (48, 48)}, (255, 0, 0, 255)),
    ]
    assert plain["ETag"] != armed["ETag"]
    assert client.get("/favicon.ico", headers={"If-None-Match": armed["ETag"]}).status_code == 304


def looks(answer):
    """Kind, sizes and a pixel near the upper edge of the largest."""
    with Image.open(BytesIO(answer.content)) as icon:
        return answer["Content-Type"], icon.info["sizes"], icon.convert("RGBA").getpixel((24, 4))
