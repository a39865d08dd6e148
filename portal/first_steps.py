"""What a new portal still lacks before its pages are of use, in the order in which it is best entered."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.access import Function, Role
from accounts.models import Appointment, Unit, User
from accounts.vacancies import vacant
from council.models import Committee, LegislativeTerm, Meeting
from ground.formats import counted, sentence_start
from ground.models import Town
from portal.models import PageKey, PageText
from strategy.models import FieldOfAction

STEPS = {
    "ground_town": ("Stadt", "Name und Wappen stehen auf jeder Seite."),
    "accounts_unit": ("Organisationseinheiten", "Maßnahmen brauchen eine Federführung."),
    "accounts_user": ("Konto des Digital Officer", "Nur dieses Konto pflegt Strategie und Maßnahmen."),
    "accounts_appointment": ("Funktion Verwaltungsleitung", "Ohne sie wird kein Bericht freigegeben."),
    "council_legislativeterm": ("Laufende Wahlperiode", "Gremien gehören zu einer Wahlperiode."),
    "council_committee": ("Gremium, das den Statusbericht erhält", "Ohne es lässt sich kein Bericht anlegen."),
    "council_meeting": ("Nächste Sitzung", "Bericht und Startseite nennen sie."),
    "strategy_fieldofaction": ("Handlungsfelder", "Jede Maßnahme gehört zu einem."),
    "portal_pagetext": (
        "Seitentexte",
        "Impressum und Datenschutz sind Pflicht.",
    ),
}
"""Model → what is to be entered and why."""


@dataclass(frozen=True)
class FirstStep:
    title: str
    why: str
    address: str


def open_steps(*, today: date) -> list[FirstStep]:
    done = _done(today)
    return [
        FirstStep(title, why, reverse(f"admin:{model}_changelist"))
        for model, (title, why) in STEPS.items()
        if not done[model]
    ]


def due(*, today: date) -> list[FirstStep]:
    """What else waits for the system administrator: functions without a holder, accounts that nobody has used yet."""
    functions = reverse("admin:accounts_appointment_changelist")
    found = [FirstStep(function.label, why, functions) for function, why in vacant(today=today)]
    unused = User.objects.active().filter(last_login=None).count()
    if unused:
        things = counted(unused, "Konto wurde", "Konten wurden", article="ein")
        why = f"{sentence_start(things)} noch nie benutzt. Den Link zum Passwort schickt das Formular des Kontos."
        found.append(FirstStep("Konten", why, reverse("admin:accounts_user_changelist")))
    return found


def _done(today: date) -> dict[str, bool]:
    committees = Committee.objects.of_day(today)
    terms = LegislativeTerm.objects.filter(start_date__lte=today, end_date__gte=today)
    held = Appointment.objects.held_on(today)
    return {
        "ground_town": Town.objects.exists(),
        "accounts_unit": Unit.objects.exists(),
        "accounts_user": User.objects.with_role(Role.DIGITAL_OFFICER).exists(),
        "accounts_appointment": held.filter(function=Function.ADMINISTRATION_HEAD).exists(),
        "council_legislativeterm": terms.exists(),
        "council_committee": committees.reported_to().exists(),
        "council_meeting": Meeting.objects.filter(cancelled=False, start__date__gte=today).exists(),
        "strategy_fieldofaction": FieldOfAction.objects.current().exists(),
        "portal_pagetext": PageText.objects.exclude(text="").count() == len(PageKey),
    }
