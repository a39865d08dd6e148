"""What the example town has to hide: rows of every kind that the public must not see, beside those it sees."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.utils import timezone

from accounts.access import Role
from accounts.models import User
from ground.halfyears import HalfYear
from ground.linking import make_link
from ground.models import Document, Event, Mail, MailState
from ground.posting.outbox import LINK
from ground.uploads import checked
from masterplan.asking import ask
from masterplan.attaching import add_files, add_link, withdraw_attachment
from masterplan.deriving import set_criteria
from masterplan.drafting import save_draft, submit
from masterplan.granting import allow_reporting
from masterplan.importing.drafts import upload
from masterplan.models import ACTIVE_PHASES, Basis, Measure, Visibility
from masterplan.models.status_update import TEXTS
from masterplan.new_state import NewState, Option
from masterplan.publishing import set_visibility
from masterplan.resolving import resolve
from masterplan.reviewing import give_back
from masterplan.rules import Criteria
from masterplan.updating import report
from reporting.drafting import ask_for_draft
from reporting.freezing import freeze
from reporting.models import Draft, EditionKind, RenderingState, Report
from reporting.opening import open_report
from reporting.releasing import release
from strategy.models import Goal, Strategy, StrategyState
from tests.builders import (
    make_dependency,
    make_goal,
    make_mail,
    make_measure,
    make_milestone,
    make_risk,
    make_strategy,
    make_user,
)
from tests.reporting.stand_ins import make_files
from tests.safety.money import Money, add_money


@dataclass(frozen=True)
class HiddenThings:
    """`shown` is public; the others are not, each for its own reason."""

    officer: User
    shown: Measure
    internal: Measure
    confidential: Measure
    taken_back: Measure
    addresses: frozenset[str]
    import_draft: int
    submitted: int
    report: Report
    report_in_work: Report
    draft: Strategy
    draft_goal: Goal
    mail: int
    proposed_risk: int
    dependency: int
    money: Money

    @property
    def told_in_public(self) -> bool:
        """Something of the measure that was taken back stands in the journal as public."""
        return Event.objects.about(self.taken_back).filter(public=True).exists()


def add_what_is_hidden() -> HiddenThings:
    officer = User.objects.filter(role=Role.DIGITAL_OFFICER).order_by("pk")[0]
    shown = Measure.objects.published().filter(phase__in=ACTIVE_PHASES).order_by("pk")[0]
    tell(shown, officer, end=date(2031, 3, 1))
    internal = make_measure("Interne Maßnahme", responsible=officer, internal_notes="geheim")
    confidential = make_measure("Vertrauliche Maßnahme", visibility=Visibility.CONFIDENTIAL, responsible=officer)
    taken_back = make_measure("Zurückgenommene Maßnahme", visibility=Visibility.PUBLIC, responsible=officer)
    for measure in (internal, confidential, taken_back):
        make_milestone(measure, planned=date(2027, 5, 1), reason="neu")
        resolve(measure_ids=[measure.pk], on=date(2026, 10, 1), body="Rat", basis=Basis.PLAN, by=officer)
        tell(measure, officer, end=date(2031, 4, 1))
    for measure in (shown, internal, confidential, taken_back):
        attach(measure, officer)
    hide(taken_back, officer)
    set_criteria(values=asdict(Criteria()), expected_version=0, reason="zur Probe", by=officer)
    Document.store(name="entwurf-der-anlage.pdf", media_type="application/pdf", content=b"%PDF")
    draft = make_strategy(StrategyState.DRAFT, title="Entwurf der nächsten Strategie")
    return HiddenThings(
        officer=officer,
        shown=shown,
        internal=internal,
        confidential=confidential,
        taken_back=taken_back,
        addresses=frozenset(f"/massnahmen/{one.slug}/" for one in Measure.objects.published()),
        import_draft=upload(name="liste.csv", content=b"Nummer;Titel\nBS-99;Neu\n", by=officer, now=timezone.now()).pk,
        submitted=reported_by_units(officer, shown, internal, confidential),
        report=released_report(officer),
        report_in_work=drafted_report(officer),
        draft=draft,
        draft_goal=make_goal(draft, "Entwurfsziel"),
        money=[add_money(one, officer) for one in (internal, confidential, taken_back, shown)][-1],
        mail=posted(officer).pk,
        proposed_risk=foresee(shown, internal, confidential, taken_back),
        dependency=let_wait(shown, confidential, internal),
    )


def posted(officer: User) -> Mail:
    """With a link that waits to be put in; it failed, so that it can be sent again."""
    now = timezone.now()
    ends = now + timedelta(days=7)
    link = make_link(purpose="health/live", subject="user:1", expires_at=ends, for_user=officer, now=now, by=officer)
    mail = make_mail(state=MailState.FAILED, recipient=officer, text=f"Geheim. {LINK}", answer="550 geheim")
    Mail.objects.filter(pk=mail.pk).update(link=link)
    return mail


def foresee(*measures: Measure) -> int:
    """A risk of each; and of the first one that its responsible person proposes."""
    for measure in measures:
        make_risk(measure, "Die Lieferung bleibt aus", countermeasure="zweiter Anbieter")
    return make_risk(measures[0], "Niemand nutzt es", by=measures[0].responsible).pk


def let_wait(first: Measure, *followers: Measure) -> int:
    made = [make_dependency(first, one, note="wegen der Lieferung") for one in followers]
    return made[0].pk


def released_report(officer: User) -> Report:
    """Of this half-year, with files that no engine made."""
    made = open_report(period=HalfYear.of(timezone.localdate()), by=officer)
    make_files(freeze(report_id=made.pk, by=officer))
    release(report_id=made.pk, by=None)
    return made


def drafted_report(officer: User) -> Report:
    """Of the next half-year; every edition has its draft."""
    made = open_report(period=HalfYear.of(timezone.localdate()).next(), by=officer)
    for kind in EditionKind:
        draft = ask_for_draft(report_id=made.pk, kind=kind, by=officer)
        Draft.objects.filter(pk=draft.pk).update(state=RenderingState.READY, content=b"%PDF")
    return made


def reported_by_units(officer: User, shown: Measure, internal: Measure, confidential: Measure) -> int:
    """A draft, one that was given back, and one of a public measure that waits, whose id is returned."""
    clerk = make_user()
    for measure in (shown, internal, confidential):
        allow_reporting(measure_id=measure.pk, user=clerk, by=officer)
    said = dict.fromkeys(TEXTS, "noch nicht geprüft")
    states = {
        measure.pk: NewState(measure_id=measure.pk, options=[Option(text="zweiter Weg")], **said)
        for measure in (shown, internal, confidential)
    }
    save_draft(state=states[internal.pk], seen=None, by=clerk)
    back = submit(state=states[confidential.pk], seen=None, by=clerk)
    give_back(update_id=back.pk, seen=back.version, comment="Bitte genauer", by=officer)
    begun = shown.updates.open().first()
    sent = submit(state=states[shown.pk], seen=begun and begun.version, by=clerk)
    ask(measure_ids=[shown.pk, internal.pk], due=timezone.localdate(), by=officer)
    return sent.pk


def tell(measure: Measure, officer: User, *, end: date) -> None:
    state = NewState(
        measure_id=measure.pk,
        values={"planned_end": end},
        reason="Lieferung verzögert sich",
        public_sentence="Die Lieferung verzögert sich.",
        cause="interne Ursache",
        remarks="interne Bemerkung",
    )
    report(state, by=officer, now=timezone.now())


def attach(measure: Measure, officer: User) -> None:
    """Public, internal and withdrawn files, and links; the first is the public file."""
    for title, public in (("Konzept", True), ("Entwurf", False), ("Altes Konzept", True)):
        file = checked(f"{title} {measure.pk}.txt", f"{title} zu {measure.title}".encode())
        (one,) = add_files(measure_id=measure.pk, files=[(title, file)], public=public, by=officer)
        add_link(measure_id=measure.pk, title=title, url=f"https://{one.pk}.stadt.example/", public=public, by=officer)
    withdraw_attachment(attachment_id=one.pk, reason="Überholt.", expected_version=None, by=officer)


def hide(measure: Measure, officer: User) -> None:
    set_visibility(measure_ids=[measure.pk], visibility=Visibility.INTERNAL, reason="noch einmal zu prüfen", by=officer)
