"""How a half-year stands in an address: 2026-h2."""

from ground.halfyears import HalfYear


class HalfYearConverter:
    regex = "[0-9]{4}-h[12]"

    def to_python(self, value: str) -> HalfYear:
        return HalfYear.parse(value)

    def to_url(self, value: HalfYear) -> str:
        return value.slug
