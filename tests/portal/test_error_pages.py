import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "500"])
def test_an_error_page_needs_neither_database_nor_request(name):
    html = render_to_string(f"{name}.html")
    assert "<h1>" in html
    assert 'href="/' in html


@pytest.mark.django_db
def test_a_missing_page_is_shown_in_the_frame_of_the_portal(client):
    answer = client.get("/gibt-es-nicht/")
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.content.decode()
    assert "Set-Cookie" not in answer.headers
