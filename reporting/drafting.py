"""A document of what would be frozen now, marked as a draft; stored nowhere."""

from dataclasses import dataclass
from datetime import datetime

from ground.documents import Asset
from ground.models import Town
from reporting.collect import collect
from reporting.document import file_name, write_pdf
from reporting.models import EditionKind, Report


@dataclass(frozen=True)
class Draft:
    name: str
    content: bytes


def draft(*, report: Report, kind: EditionKind, now: datetime) -> Draft:
    told = collect(report, kind, fassung=report.snapshots.count() + 1, correction="", now=now)
    return Draft(name=f"entwurf-{file_name(told)}", content=write_pdf(told, None, arms=arms_of_today()))


def arms_of_today() -> Asset | None:
    arms = Town.objects.values_list("arms__content", "arms__media_type").exclude(arms=None).first()
    return Asset(bytes(arms[0]), arms[1]) if arms else None
