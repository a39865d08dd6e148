import pytest

from ground.slugs import slug_of


@pytest.mark.parametrize(
    ("title", "taken", "slug"),
    [
        ("Schöne Straße", set(), "schoene-strasse"),
        ("Ämter/Büros: online!", set(), "aemter-bueros-online"),
        ("Kita", {"kita"}, "kita-bs-01"),
        ("Kita", {"kita", "kita-bs-01"}, "kita-bs-01-2"),
        ("***", set(), "bs-01"),
        ("a" * 150, set(), "a" * 100),
    ],
)
def test_an_address_is_readable_and_free(title: str, taken: set[str], slug: str) -> None:
    assert slug_of(title, taken=taken, suffix="BS-01") == slug
