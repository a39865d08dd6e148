"""Counts by status as a bar whose parts lead to the list."""

from django.urls import reverse

from ground.charts.distribution import Count, Segment, segments
from masterplan.public.cube import STATUSES
from masterplan.public.facets import Facets

ADDRESSES = {choice.stored: choice.value for choice in STATUSES}
BEST_FIRST = (
    *("ON_TRACK", "AT_RISK", "CRITICAL", "NOT_ASSESSED"),
    *("PROPOSED", "COMPLETED", "DEFERRED", "REJECTED", "MERGED"),
)


def status_bar(facets: Facets, **filters: str) -> list[Segment]:
    """What goes well first, as one reads a bar; `filters` are added to each part's address."""
    by_name = {status.name: (status, count) for status, count in facets.by_status.items()}
    more = "".join(f"&{name}={value}" for name, value in filters.items())
    return segments(
        Count(
            label=status.label,
            symbol=status.symbol,
            tone=status.tone,
            count=count,
            href=f"{reverse('public_measures')}?stand={ADDRESSES[status.value]}{more}",
        )
        for status, count in (by_name[name] for name in BEST_FIRST if name in by_name)
    )
