"""Two terms of the council with their committees and meetings; the change of term lies in the last twelve months."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from council.models import Committee, CommitteeKind, LegislativeTerm, Meeting, Membership, MembershipRole
from portal.demo.days import Calendar, at, deadline

BODIES = (
    ("Rat", "Rat", "Rat", CommitteeKind.COUNCIL, True),
    ("Verwaltungsausschuss", "Verwaltungsausschuss", "VA", CommitteeKind.MAIN_COMMITTEE, False),
    (
        "Ausschuss für Wirtschaft, Finanzen und Personal",
        "Ausschuss für Wirtschaft, Finanzen, Beteiligungen und Personal",
        "Wirtschaftsausschuss",
        CommitteeKind.COMMITTEE,
        True,
    ),
)
"""Name in the last term, name in this one, short name, kind, whether it meets in public."""

ROUND = 70
"""Days from one round of meetings to the next."""

FIRST_ROUND, LAST_ROUND = 10, -1
"""Rounds back from the next one."""

SITTINGS = {
    CommitteeKind.COMMITTEE: (17, 1, 18),
    CommitteeKind.MAIN_COMMITTEE: (24, 2, 17),
    CommitteeKind.COUNCIL: (31, 3, 19),
}
"""In the order of a round: days from today in the next one, day of the week, hour."""


@dataclass(frozen=True)
class Bodies:
    committees: tuple[Committee, ...]
    calendar: Calendar

    def of(self, kind: CommitteeKind, day: date) -> Committee:
        """The committee of that kind in the term of the day."""
        return next(
            one for one in self.committees if one.kind == kind and one.term.start_date <= day <= one.term.end_date
        )

    def sitting(self, kind: CommitteeKind, rounds_back: int) -> datetime:
        days = self.calendar.sittings((ahead - ROUND * rounds_back, number) for ahead, number, _ in SITTINGS.values())
        return at(dict(zip(SITTINGS, days, strict=True))[kind], SITTINGS[kind][2])


def make_bodies(calendar: Calendar) -> Bodies:
    change = calendar.term_began()
    terms = [
        LegislativeTerm.objects.create(
            name=f"{year}–{year + 5}", start_date=date(year, 11, 1), end_date=date(year + 5, 10, 31)
        )
        for year in (change.year - 5, change.year)
    ]
    committees: list[Committee] = []
    for before, now, short_name, kind, in_public in BODIES:
        predecessor = None
        for term, name in zip(terms, (before, now), strict=True):
            predecessor = Committee.objects.create(
                name=name,
                short_name=short_name,
                kind=kind,
                term=term,
                predecessor=predecessor,
                meets_in_public=in_public,
                receives_reports=kind == CommitteeKind.COMMITTEE,
            )
            committees.append(predecessor)
    return Bodies(tuple(committees), calendar)


def make_meetings(bodies: Bodies) -> None:
    meetings = []
    for rounds_back in range(FIRST_ROUND, LAST_ROUND - 1, -1):
        for kind in SITTINGS:
            start = bodies.sitting(kind, rounds_back)
            meetings.append(
                Meeting(
                    committee=bodies.of(kind, start.date()),
                    start=start,
                    location="Rathaus, Sitzungssaal",
                    papers_due=deadline(start.date() - timedelta(days=8)),
                )
            )
    Meeting.objects.bulk_create(meetings)


def seat(member: User, bodies: Bodies) -> None:
    """In the Rat and in the committee that receives the reports, in both terms."""
    Membership.objects.bulk_create(
        Membership(
            committee=one,
            user=member,
            role=MembershipRole.VOTING,
            start_date=one.term.start_date,
            end_date=one.term.end_date,
        )
        for one in bodies.committees
        if one.kind != CommitteeKind.MAIN_COMMITTEE
    )
