"""A payload as the templates need it: formatted texts, counts, sentences. No database."""

from collections.abc import Sequence
from dataclasses import dataclass

from ground import formats
from ground.halfyears import HalfYear
from reporting.context import milestones
from reporting.context.milestones import MilestonePart
from reporting.context.overview import NOTE, Group, groups, overview_finding
from reporting.context.page_one import Chip, PageOne, compared_with, page_one
from reporting.context.profiles import Profile, profiles
from reporting.context.words import meeting_since
from reporting.payload import Payload, Proof

TITLE = "Statusbericht Digitalisierung"
NOT_PUBLIC = "Nichtöffentliche Maßnahmen sind nicht enthalten."
ONLY_NOT_PUBLIC = "Nichtöffentlich. Nur für Personen, die nach der Kommunalverfassung Zugang haben."


@dataclass(frozen=True)
class Criterion:
    status: Chip
    text: str


@dataclass(frozen=True)
class Document:
    title: str
    period: str
    edition: str
    is_annex: bool
    is_draft: bool
    town: str
    office: str
    email: str
    is_example: bool
    scope: str
    cover: Sequence[tuple[str, str]]
    page_one: PageOne
    overview_finding: str
    overview_note: str
    groups: Sequence[Group]
    milestones_finding: str
    milestones: Sequence[MilestonePart]
    milestones_rule: str
    profiles: Sequence[Profile]
    criteria: Sequence[Criterion]
    code: str
    checks: Sequence[tuple[str, str]]
    hash_lines: Sequence[str]
    dated: str
    """For the file's own dates: fixed, so that a rendering gives the same bytes each time."""

    @property
    def file_title(self) -> str:
        draft, example = " (Entwurf)" * self.is_draft, " (Beispieldaten)" * self.is_example
        return f"{self.title}, {self.period} – {self.edition}{draft}{example}"


def document(told: Payload, proof: Proof | None) -> Document:
    """`proof` is None for a draft, which differs in nothing but the mark."""
    is_annex = told.kind == "CONFIDENTIAL_ANNEX"
    return Document(
        title=TITLE,
        period=HalfYear(told.year, told.half).label,
        edition=told.edition,
        is_annex=is_annex,
        is_draft=proof is None,
        town=told.town.name,
        office=told.town.office,
        email=told.town.email,
        is_example=told.town.is_example,
        scope=ONLY_NOT_PUBLIC if is_annex else NOT_PUBLIC,
        cover=cover(told),
        page_one=page_one(told),
        overview_finding=overview_finding(told),
        overview_note=NOTE,
        groups=groups(told),
        milestones_finding=milestones.finding(told),
        milestones=milestones.parts(told),
        milestones_rule=milestones.rule(told),
        profiles=profiles(told),
        criteria=_criteria(told),
        code=proof.code if proof else "",
        checks=_checks(told, proof),
        hash_lines=_hash_lines(proof),
        dated=told.as_of.isoformat(),
    )


def cover(told: Payload) -> list[tuple[str, str]]:
    rows = [
        ("Ausgabe", told.edition.removeprefix("Ausgabe ")),
        ("Fassung", f"{told.fassung}. Fassung" + (f": {told.correction}" if told.correction else "")),
        ("Gremium", told.committee),
        ("Sitzung", formats.weekday_moment(told.meeting) if told.meeting else "noch nicht bestimmt"),
        ("Stand der Daten", formats.moment(told.as_of)),
        ("Vergleich mit", compared_with(told)),
    ]
    return [(term, value) for term, value in rows if value]


def _criteria(told: Payload) -> list[Criterion]:
    return [
        Criterion(Chip(status.label, status.symbol, status.tone, 0), status.criteria)
        for status in told.statuses
        if status.criteria
    ]


def _checks(told: Payload, proof: Proof | None) -> list[tuple[str, str]]:
    period = HalfYear(told.year, told.half)
    version = f"Schema {proof.schema_version}, Vorlage {proof.template_version}" if proof else f"Schema {told.schema}"
    return [
        ("Adresse", told.address),
        ("Prüfcode", proof.code if proof else "wird beim Einfrieren vergeben"),
        ("Datensatz", f"{period}, {told.edition}, {told.fassung}. Fassung, {version}"),
        ("Eingefroren", f"{formats.moment(proof.frozen_at)}, {told.author}" if proof else "noch nicht"),
    ]


def _hash_lines(proof: Proof | None) -> list[str]:
    """Eight groups of eight signs, four to a line."""
    if proof is None:
        return []
    parts = [proof.sha256[at : at + 8] for at in range(0, 64, 8)]
    return [" ".join(parts[:4]), " ".join(parts[4:])]


__all__ = ["NOT_PUBLIC", "ONLY_NOT_PUBLIC", "TITLE", "Document", "cover", "document", "meeting_since", "page_one"]
