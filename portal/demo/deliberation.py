"""Factions, papers on their way through the committees, agendas and minutes; every name and subject is invented."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.timezone import localdate

from accounts.models import Unit, User
from council.models import (
    AgendaItem,
    CommitteeKind,
    Consultation,
    ConsultationRole,
    Faction,
    FactionKind,
    File,
    LegislativeTerm,
    Meeting,
    Membership,
    Minutes,
    Paper,
    PaperKind,
)
from ground.documents import to_pdf
from ground.models import Document
from portal.demo.council import Bodies
from portal.demo.days import at

FACTIONS = (
    ("Fraktion Stadt am Fluss (Beispiel)", "SaF", FactionKind.FACTION),
    ("Fraktion Bürgerliste Beispielstadt", "BL", FactionKind.FACTION),
    ("Gruppe Grünes Dorf (Beispiel)", "GD", FactionKind.GROUP),
)
FOUND = (
    (CommitteeKind.COMMITTEE, ConsultationRole.PREPARATION),
    (CommitteeKind.MAIN_COMMITTEE, ConsultationRole.PREPARATION),
    (CommitteeKind.COUNCIL, ConsultationRole.DECISION),
)
"""The usual way of a paper that the Rat decides."""
NOTED = ((CommitteeKind.COMMITTEE, ConsultationRole.NOTE),)


@dataclass(frozen=True)
class Planned:
    name: str
    kind: PaperKind
    source: str
    way: tuple[tuple[CommitteeKind, ConsultationRole], ...]
    round_back: int
    public: bool = True
    released: bool = True


PAPERS = (
    Planned("Öffnung der Bücherei am Samstag", PaperKind.RESOLUTION, "Stadtbücherei", FOUND, 2),
    Planned("Stand der Online-Dienste im Bürgeramt", PaperKind.NOTICE, "Stabsstelle Digitalisierung", NOTED, 1),
    Planned("Ankauf einer Fläche am Beispielweg", PaperKind.RESOLUTION, "Fachbereich Finanzen", FOUND, 1, public=False),
    Planned("Freies WLAN an den Bushaltestellen", PaperKind.MOTION, "SaF", FOUND, 0),
    Planned("Satzung über digitale Parkausweise", PaperKind.RESOLUTION, "Stabsstelle Digitalisierung", FOUND, 0),
    Planned("Vergabe der Datenleitungen", PaperKind.RESOLUTION, "Stabsstelle Digitalisierung", FOUND, 0, public=False),
    Planned("Wie lange dauert ein Bauantrag?", PaperKind.INQUIRY, "BL", NOTED, -1),
    Planned("Gebühren für Online-Anträge", PaperKind.RESOLUTION, "Fachbereich Finanzen", FOUND, -1, released=False),
)
"""Subject, kind, unit or faction, its way, in which round before the next one, whether public and whether released."""

TEXT = """<!doctype html><html lang="de"><head><title>Beispiel</title></head>
<body><h1>Beispiel</h1>
<p>Dieses Dokument gehört zu den Beispieldaten und ist keine Auskunft der Stadt.</p></body></html>"""


def deliberate(member: User, bodies: Bodies, units: dict[str, Unit]) -> None:
    """Factions, one of them with the member, and what the committees had, have and will have before them."""
    _make_factions()
    _join(member)
    page = to_pdf(TEXT, assets={}, identifier="beispiel").content
    for number, planned in enumerate(PAPERS, start=101):
        _make_paper(bodies, units, planned, number, page)
    for round_back in range(2, -2, -1):
        for kind, _ in FOUND:
            _make_agenda(_meeting(bodies, kind, round_back))
    first = _meeting(bodies, CommitteeKind.COMMITTEE, 2)
    then = _meeting(bodies, CommitteeKind.COMMITTEE, 1)
    _make_minutes(first, page, then)
    _make_minutes(then, page, None)


def _make_factions() -> None:
    for term in LegislativeTerm.objects.all():
        for name, short_name, kind in FACTIONS:
            Faction.objects.create(term=term, name=name, short_name=short_name, kind=kind)


def _join(member: User) -> None:
    """The member sits in the committees for the first faction of each term."""
    for seat in Membership.objects.filter(user=member).select_related("committee"):
        seat.faction = Faction.objects.get(term=seat.committee.term_id, short_name=FACTIONS[0][1])
        seat.save()


def _meeting(bodies: Bodies, kind: CommitteeKind, round_back: int) -> Meeting:
    start = bodies.sitting(kind, round_back)
    return Meeting.objects.select_related("committee__term").get(committee__kind=kind, start=start)


def _make_paper(bodies: Bodies, units: dict[str, Unit], planned: Planned, number: int, page: bytes) -> None:
    meetings = [_meeting(bodies, kind, planned.round_back) for kind, _ in planned.way]
    written = min(meetings[0].start - timedelta(days=21), at(bodies.calendar.workday(-9), 9))
    term = meetings[0].committee.term
    paper = Paper.objects.create(
        reference=f"{written.year}/{number}",
        kind=planned.kind,
        name=planned.name,
        date=localdate(written),
        unit=units.get(planned.source),
        faction=Faction.objects.filter(term=term, short_name=planned.source).first(),
        public=planned.public,
        released_at=written + timedelta(days=7) if planned.released else None,
    )
    for position, (meeting, (_, role)) in enumerate(zip(meetings, planned.way, strict=True), start=1):
        Consultation.objects.create(
            paper=paper,
            position=position,
            committee=meeting.committee,
            role=role,
            authoritative=role == ConsultationRole.DECISION,
            meeting=meeting,
        )
    _file(page, "vorlage.pdf", "Vorlage", paper=paper, main=True, public=planned.public)
    _file(page, "anlage.pdf", "Anlage 1: Kosten", paper=paper)


def _make_agenda(meeting: Meeting) -> None:
    in_public = meeting.committee.meets_in_public
    rows: dict[bool, list[AgendaItem]] = {True: [], False: []}
    if in_public:
        rows[True] += [AgendaItem(name="Eröffnung, Ladung und Beschlussfähigkeit"), AgendaItem(name="Tagesordnung")]
    for one in meeting.consultations.select_related("paper").order_by("pk"):
        rows[in_public and one.paper.public].append(AgendaItem(name=one.paper.name, consultation=one))
    rows[in_public].append(AgendaItem(name="Anfragen und Anregungen"))
    for public, items in rows.items():
        for order, item in enumerate(items, start=1):
            item.meeting, item.public, item.order = meeting, public, order
            item.number = f"{'Ö' if public else 'N'} {order}"
            item.save()


def _make_minutes(meeting: Meeting, page: bytes, approved_in: Meeting | None) -> None:
    day = localdate(approved_in.start) if approved_in else None
    minutes = Minutes.objects.create(meeting=meeting, approved_on=day, approved_in=approved_in)
    _file(page, "niederschrift-oeffentlich.pdf", "Niederschrift, öffentlicher Teil", minutes=minutes, public=True)
    _file(page, "niederschrift.pdf", "Niederschrift mit nichtöffentlichem Teil", minutes=minutes)


def _file(
    page: bytes,
    name: str,
    title: str,
    *,
    paper: Paper | None = None,
    minutes: Minutes | None = None,
    main: bool = False,
    public: bool = False,
) -> None:
    document = Document.store(name=name, media_type="application/pdf", content=page)
    File.objects.create(title=title, document=document, paper=paper, minutes=minutes, main=main, public=public)
