"""Rows for tests, with the least that is valid; whatever a test is about it names itself."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.access import Function, Role
from accounts.models import Appointment, Unit, User
from council.deliberating import add_file
from council.models import (
    AgendaItem,
    Committee,
    CommitteeKind,
    Consultation,
    ConsultationRole,
    File,
    LegislativeTerm,
    Meeting,
    Minutes,
    Paper,
    PaperKind,
)
from ground.models import Mail, MailState, Town
from ground.uploads import checked
from masterplan.budgeting.lines import LineEdit, set_lines
from masterplan.budgeting.parts import add_part
from masterplan.foreseeing import add_risk
from masterplan.linking import Link, depend
from masterplan.models import Benefit, BudgetLine, Dependency, Grant, Measure, Milestone, Risk, RunningCost, Visibility
from masterplan.planning import add_measures, new_measure, next_serial
from masterplan.publishing import set_visibility
from masterplan.scheduling import add_milestone
from masterplan.updating import NewState, report, report_many
from strategy.models import FieldOfAction, Goal, Strategy, StrategyState

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


def make_town(**fields: Any) -> Town:
    return Town.objects.create(pk=1, **{"name": "Stadt Beispiel", "portal_name": "Beispiel Digital", **fields})


def make_unit(name: str = "Bürgerservice", **fields: Any) -> Unit:
    return Unit.objects.create(name=name, **fields)


def make_user(role: Role = Role.ADMINISTRATION, email: str = "", **fields: Any) -> User:
    address = email or f"person{User.objects.count()}@stadt.example"
    return User.objects.create_user(
        address, "ein-langes-passwort", **{"name": f"Person {address}", "role": role, **fields}
    )


def make_officer(**fields: Any) -> User:
    return make_user(Role.DIGITAL_OFFICER, **fields)


def appoint(user: User, function: Function, since: date = date(2020, 1, 1), **fields: Any) -> Appointment:
    return Appointment.objects.create(user=user, function=function, since=since, **fields)


def make_field(code: str = "BS", title: str = "Bürgerservice", **fields: Any) -> FieldOfAction:
    return FieldOfAction.objects.create(code=code, title=title, **{"slug": title.lower().replace("ü", "ue"), **fields})


def make_strategy(state: StrategyState = StrategyState.IN_FORCE, **fields: Any) -> Strategy:
    since = None if state == StrategyState.DRAFT else date(2025, 1, 1)
    return Strategy.objects.create(
        **{"title": "Digitalstrategie", "vision": "Ein Leitbild.", "state": state, "in_force_since": since, **fields}
    )


def make_goal(strategy: Strategy, title: str = "Bürgerservice", **fields: Any) -> Goal:
    return Goal.objects.create(
        strategy=strategy, title=title, **{"slug": f"ziel-{title.lower()}", "text": "", **fields}
    )


def make_measure(
    title: str = "Termine online buchen",
    *,
    field: FieldOfAction | None = None,
    visibility: Visibility = Visibility.INTERNAL,
    state: dict[str, Any] | None = None,
    now: datetime = NOW,
    **values: Any,
) -> Measure:
    """Goes through the activities, so that promises and journal are those of real life. `state` is set before it is
    published."""
    field = field or FieldOfAction.objects.first() or make_field()
    (measure,) = add_measures(
        [new_measure(field=field, serial=next_serial(field.code), values={"title": title, **values})], by=None, now=now
    )
    if state:
        report(NewState(measure_id=measure.pk, values=state, reason="Annahme"), by=None, now=now)
    if visibility != Visibility.INTERNAL:
        set_visibility(measure_ids=[measure.pk], visibility=visibility, by=None, now=now)
    return Measure.objects.get(pk=measure.pk)


def make_public_measure(title: str = "Termine online buchen", **values: Any) -> Measure:
    return make_measure(title, visibility=Visibility.PUBLIC, **values)


def make_public_measures(
    count: int,
    *,
    field: FieldOfAction | None = None,
    state: dict[str, Any] | None = None,
    now: datetime = NOW,
    **values: Any,
) -> list[Measure]:
    """Many at once, named Maßnahme 00, Maßnahme 01 …"""
    field = field or FieldOfAction.objects.first() or make_field()
    first = next_serial(field.code)
    measures = add_measures(
        [
            new_measure(field=field, serial=first + place, values={"title": f"Maßnahme {place:02d}", **values})
            for place in range(count)
        ],
        by=None,
        now=now,
    )
    if state:
        states = [NewState(measure_id=measure.pk, values=state, reason="Annahme") for measure in measures]
        report_many(states, by=None, now=now)
    set_visibility(measure_ids=[measure.pk for measure in measures], visibility=Visibility.PUBLIC, by=None, now=now)
    return measures


def make_milestone(measure: Measure, title: str = "Vertrag geschlossen", **values: Any) -> Milestone:
    return add_milestone(
        measure_id=measure.pk, title=title, **{"planned": None, "reason": "neu", "by": None, "now": NOW, **values}
    )


def make_risk(
    measure: Measure, title: str = "Der Anbieter liefert nicht", *, by: User | None = None, **values: Any
) -> Risk:
    """Taken in at once, unless `by` only proposes it."""
    texts = {"title": title, "likelihood": 2, "impact": 2, **values}
    return add_risk(measure_id=measure.pk, values=texts, by=by, now=NOW)


def make_dependency(before: Measure | Milestone, after: Measure | Milestone, **values: Any) -> Dependency:
    """`after` waits for `before`."""
    ends = {}
    for name, one in (("predecessor", before), ("successor", after)):
        ends[f"{name}_id"] = one.measure_id if isinstance(one, Milestone) else one.pk
        ends[f"{name}_milestone_id"] = one.pk if isinstance(one, Milestone) else None
    return depend(Link(**ends, **values), by=None, now=NOW)


def make_term(
    name: str = "2026–2031", start: date = date(2026, 11, 1), end: date = date(2031, 10, 31)
) -> LegislativeTerm:
    return LegislativeTerm.objects.create(name=name, start_date=start, end_date=end)


def make_committee(term: LegislativeTerm | None = None, **fields: Any) -> Committee:
    return Committee.objects.create(
        **{
            "term": term or LegislativeTerm.objects.first() or make_term(),
            "name": "Ausschuss für Digitales",
            "short_name": "Digitales",
            "kind": CommitteeKind.COMMITTEE,
            "receives_reports": True,
            **fields,
        }
    )


def make_meeting(committee: Committee, start: datetime | None = None, **fields: Any) -> Meeting:
    return Meeting.objects.create(committee=committee, start=start or timezone.now(), **fields)


def make_paper(reference: str = "2026/7", *, released: bool = True, **fields: Any) -> Paper:
    return Paper.objects.create(
        **{
            "reference": reference,
            "kind": PaperKind.RESOLUTION,
            "name": "Satzung über Parkausweise",
            "date": date(2026, 11, 20),
            "released_at": NOW if released else None,
            **fields,
        }
    )


def make_station(paper: Paper, meeting: Meeting | None = None, **fields: Any) -> Consultation:
    usual = {"position": 1, "role": ConsultationRole.PREPARATION, "committee": meeting and meeting.committee}
    return Consultation.objects.create(**{"paper": paper, "meeting": meeting, **usual, **fields})


def make_item(meeting: Meeting, number: str = "Ö 1", paper: Paper | None = None, **fields: Any) -> AgendaItem:
    """Last on the agenda; of a paper with its station."""
    station = make_station(paper, meeting) if paper else None
    usual = {"order": meeting.agenda_items.count() + 1, "name": number, "consultation": station}
    return AgendaItem.objects.create(**{"meeting": meeting, "number": number, **usual, **fields})


def make_council_file(of: Paper | Minutes, name: str = "vorlage.txt", **fields: Any) -> File:
    usual = {"of": of, "title": "Vorlage", "file": checked(name, b"Text"), "public": True, "by": None}
    return add_file(**{**usual, **fields})


def make_mail(key: str = "probe:1", state: MailState = MailState.SENT, **fields: Any) -> Mail:
    """As it stands after what `state` says has happened to it."""
    moments = {
        MailState.SENDING: {"claimed_at": NOW},
        MailState.SENT: {"sent_at": NOW},
        MailState.FAILED: {"failed_at": NOW, "reason": "Abgelehnt."},
        MailState.RETURNED: {"sent_at": NOW, "returned_at": NOW, "reason": "Kam zurück."},
    }
    usual = {
        "kind": "probe",
        "address": "amt@stadt.example",
        "subject": "Bitte um Ihren Stand",
        "text": "Guten Tag.",
        "message_id": f"{key.replace(':', '.')}@stadt.example",
        "created_at": NOW,
        "send_after": NOW,
        "attempts": 1,
    }
    return Mail.objects.create(key=key, state=state, **{**usual, **moments.get(state, {}), **fields})


def make_line(measure: Measure, year: int = 2026, kind: str = "EXPENSE", **values: Any) -> BudgetLine:
    """`values` are amounts by name; Teilhaushalt and Produkt may be among them."""
    if values.get("spent") is not None:
        values.setdefault("as_of", date(2026, 9, 30))
    account = {name: values.pop(name) for name in ("sub_budget", "product") if name in values}
    figures = {name: Decimal(value) if isinstance(value, int | str) else value for name, value in values.items()}
    edit = LineEdit(measure_id=measure.pk, year=year, kind=kind, values=figures, **account)
    (line,) = set_lines([edit], by=None, now=NOW)
    return line


def make_grant(measure: Measure, **values: Any) -> Any:
    told = {"programme": "Programm", "payer": "Land", "share_percent": Decimal(40), **values}
    return add_part(Grant, measure_id=measure.pk, values=told, by=None, now=NOW)


def make_running_cost(measure: Measure, **values: Any) -> Any:
    told = {"what": "Wartung", "yearly": Decimal(900), "from_year": 2028, **values}
    return add_part(RunningCost, measure_id=measure.pk, values=told, by=None, now=NOW)


def make_benefit(measure: Measure, **values: Any) -> Any:
    told = {"who": "Eltern", "what": "Wege fallen weg", "unit": "HOURS", "claimed": Decimal(500), **values}
    return add_part(Benefit, measure_id=measure.pk, values=told, by=None, now=NOW)
