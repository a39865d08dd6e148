"""What the public sees of reports: released public editions alone, from their frozen payloads."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from ground.halfyears import HalfYear
from masterplan.public.measures import public_slugs
from reporting import payload
from reporting.models import Edition, EditionKind
from reporting.payload import Payload


@dataclass(frozen=True, slots=True)
class PublicReport:
    """One Fassung; the newest of each half-year stands for the report."""

    period: HalfYear
    fassung: int
    code: str
    sha256: str
    frozen_on: date
    released_on: date
    correction: str
    file_name: str
    file_size: int
    """In bytes."""
    file_sha256: str
    meeting: datetime | None
    """As it is planned today, whatever the Fassung names."""
    meeting_cancelled: bool


@dataclass(frozen=True, slots=True)
class PublicFile:
    name: str
    content: bytes
    sha256: str


MEASURES = "/massnahmen/"
COLUMNS = {
    "year": "snapshot__report__year",
    "half": "snapshot__report__half",
    "fassung": "snapshot__fassung",
    "code": "snapshot__code",
    "sha256": "snapshot__sha256",
    "frozen_at": "snapshot__frozen_at",
    "released_at": "snapshot__release__released_at",
    "correction": "snapshot__correction",
    "file_name": "document__name",
    "file_size": "document__size",
    "file_sha256": "document__sha256",
    "meeting": "snapshot__report__meeting__start",
    "meeting_cancelled": "snapshot__report__meeting__cancelled",
}
TAKEN_OVER = ("fassung", "code", "sha256", "correction", "file_name", "file_size", "file_sha256", "meeting")


def reports() -> list[PublicReport]:
    """The newest Fassung of each half-year, newest first."""
    newest: dict[HalfYear, PublicReport] = {}
    for found in _told(_released()):
        newest.setdefault(found.period, found)
    return list(newest.values())


def latest_report() -> PublicReport | None:
    return next(iter(_told(_released()[:1])), None)


def fassungen(period: HalfYear) -> list[PublicReport]:
    """Newest first; empty where nothing is released."""
    return _told(_of(period))


def contents(reports: Iterable[PublicReport]) -> dict[str, Payload]:
    """By the report's code, all in one query."""
    rows = _released().filter(snapshot__code__in=[report.code for report in reports])
    return {code: payload.from_json(text) for code, text in rows.values_list("snapshot__code", "payload")}


def with_living_links(told: Payload) -> Payload:
    """Without the addresses of measures that are no longer public; what was reported of them stays."""
    slugs = {measure.path.removeprefix(MEASURES).strip("/"): measure.path for measure in told.measures if measure.path}
    alive = {slugs[slug] for slug in public_slugs(slugs)}
    measures = (measure if measure.path in alive else replace(measure, path="") for measure in told.measures)
    return replace(told, measures=tuple(measures))


def file(period: HalfYear, fassung: int | None = None) -> PublicFile | None:
    """The stored PDF of the newest or of one Fassung."""
    wanted = _of(period) if fassung is None else _of(period).filter(snapshot__fassung=fassung)
    row = wanted.values_list("document__name", "document__content", "document__sha256").first()
    return PublicFile(row[0], bytes(row[1]), row[2]) if row else None


def _released() -> QuerySet[Edition]:
    return (
        Edition.objects.released()
        .filter(kind=EditionKind.PUBLIC, document__isnull=False)
        .order_by("-snapshot__report__year", "-snapshot__report__half", "-snapshot__release__released_at")
    )


def _of(period: HalfYear) -> QuerySet[Edition]:
    return _released().filter(snapshot__report__year=period.year, snapshot__report__half=period.half)


def _told(editions: QuerySet[Edition]) -> list[PublicReport]:
    rows = [dict(zip(COLUMNS, values, strict=True)) for values in editions.values_list(*COLUMNS.values())]
    return [
        PublicReport(
            period=HalfYear(row["year"], row["half"]),
            frozen_on=timezone.localdate(row["frozen_at"]),
            released_on=timezone.localdate(row["released_at"]),
            meeting_cancelled=bool(row["meeting_cancelled"]),
            **{name: row[name] for name in TAKEN_OVER},
        )
        for row in rows
    ]
