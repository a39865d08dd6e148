"""A value for each parameter of an address, of a row that the visitor may see where one may."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.access import Perm
from council.models import (
    AgendaItem,
    Committee,
    Consultation,
    Faction,
    File,
    LegislativeTerm,
    Meeting,
    Membership,
    Minutes,
    Paper,
)
from ground.linking import make_link, token_of
from masterplan.importing.drafts import upload
from tests.safety import money

LIST = b"Nummer;Titel\nBS-99;Neu\n"


def absence_of(user: Any) -> int:
    if user is None:
        return 1
    day = timezone.localdate() + timedelta(days=400)
    return user.absences.get_or_create(first_day=day, last_day=day)[0].pk


def draft_of(town: Any, user: Any) -> int:
    """One's own where one may have one, else the officer's."""
    if user is None or not user.has_perm(Perm.IMPORT_MEASURES):
        return town.import_draft
    return upload(name="liste.csv", content=LIST, by=user, now=timezone.now()).pk


def link_to(purpose: str, subject: str, user: Any = None) -> str:
    """A token in force, for the parameter of a page by signed link: `"status_by_link token": lambda town, user: …`."""
    now = timezone.now()
    ends = now + timedelta(days=1)
    return token_of(make_link(purpose=purpose, subject=subject, for_user=user, now=now, expires_at=ends, by=None))


def public_file(town: Any) -> Any:
    return town.shown.attachments.published().filter(document__isnull=False)[0]


PARAMETERS: dict[str, Callable[[Any, Any], Any]] = {
    "key": lambda town, user: "set-password",
    "uidb36": lambda town, user: "1",
    "object_id": lambda town, user: 1,
    "content_type_id": lambda town, user: 1,
    "kind": lambda town, user: "csv",
    "number": lambda town, user: town.shown.number,
    "name": lambda town, user: "planned_end",
    **{
        f"meeting{step} pk": lambda town, user: Meeting.objects.in_public().latest("start").pk
        for step in ("", "_edit", "_cancel", "_reinstate")
    },
    **{
        f"{name} pk": lambda town, user: Committee.objects.filter(meets_in_public=True)[0].pk
        for name in ("committee", "committee_edit", "membership_add")
    },
    "membership_edit pk": lambda town, user: Membership.objects.all()[0].pk,
    **{
        f"paper{step} pk": lambda town, user: Paper.objects.released().filter(public=True)[0].pk
        for step in ("", "_edit", "_release", "_remove", "_file_add")
    },
    "consultation_add pk": lambda town, user: Paper.objects.all()[0].pk,
    **{f"consultation_{step} pk": lambda town, user: Consultation.objects.all()[0].pk for step in ("edit", "remove")},
    **{
        f"agenda_item_{step} pk": lambda town, user: AgendaItem.objects.in_public()[0].pk
        for step in ("edit", "move", "remove")
    },
    **{
        f"{name} pk": lambda town, user: Meeting.objects.filter(minutes=None)[0].pk
        for name in ("agenda_item_add", "minutes_add")
    },
    **{f"minutes_{step} pk": lambda town, user: Minutes.objects.all()[0].pk for step in ("edit", "file_add")},
    **{
        f"council_file{step} pk": lambda town, user: (
            File.objects.filter(paper__in=Paper.objects.released(), public=True)[0].pk
        )
        for step in ("", "_remove")
    },
    "faction_edit pk": lambda town, user: Faction.objects.all()[0].pk,
    "term_edit pk": lambda town, user: LegislativeTerm.objects.all()[0].pk,
    **{f"update_{step} pk": lambda town, user: town.submitted for step in ("review", "approve", "return")},
    "status_by_link token": lambda town, user: link_to("status_by_link", "user:1", town.officer),
    **{
        f"request_{step} pk": lambda town, user: town.shown.requests.open().get().pk
        for step in ("withdraw", "to_stand_in")
    },
    "step": lambda town, user: "angaben",
    **{f"{name} pk": lambda town, user: town.mail for name in ("post_mail", "post_resend", "post_revoke")},
    **money.PARAMETERS,
    "measure_reporter_remove pk": lambda town, user: town.officer.pk,
    "milestone_edit pk": lambda town, user: town.shown.milestones.first().pk,
    "milestone_consequences pk": lambda town, user: town.shown.milestones.first().pk,
    **{f"risk_{name} pk": lambda town, user: town.proposed_risk for name in ("edit", "take_in", "decline")},
    "dependency_end pk": lambda town, user: town.dependency,
    "milestone_drop pk": lambda town, user: town.shown.milestones.first().pk,
    "public_attachment slug": lambda town, user: town.shown.slug,
    "public_attachment pk": lambda town, user: public_file(town).pk,
    "public_attachment name": lambda town, user: public_file(town).document.name,
    **{
        f"attachment_{step} pk": lambda town, user: (
            town.shown.attachments.filter(public=False, withdrawn_at=None, document__isnull=False)[0].pk
        )
        for step in ("edit", "file", "move", "remove")
    },
    "attachment_withdraw pk": lambda town, user: public_file(town).pk,
    "attachment_restore pk": lambda town, user: town.shown.attachments.exclude(withdrawn_at=None).get().pk,
    "measure_restore history_id": lambda town, user: town.shown.history.earliest().pk,
    "milestone_restore history_id": lambda town, user: town.shown.milestones.first().history.earliest().pk,
    "milestone_restore name": lambda town, user: "planned",
    "public_field slug": lambda town, user: town.shown.field.slug,
    "public_measure slug": lambda town, user: town.shown.slug,
    **{f"{name} pk": draft_of for name in ("import_mapping", "import_preview", "import_apply", "import_done")},
    "provider_id": lambda town, user: "dienst",
    "period": lambda town, user: town.report.period,
    "fassung": lambda town, user: 1,
    "edition": lambda town, user: "anlage",
    "edition_id": lambda town, user: town.report.snapshots.get().editions.get(kind="COUNCIL").pk,
    **{
        f"report_{name} pk": lambda town, user: town.report.pk
        for name in ("edit", "progress", "draft", "freeze", "correct", "release", "return", "return_withdraw")
    },
    "report_draft_file pk": lambda town, user: town.report_in_work.pk,
    **{f"strategy_{name} pk": lambda town, user: town.draft.pk for name in ("text", "in_force")},
    "goal_add pk": lambda town, user: town.draft.pk,
    **{f"goal_{name} pk": lambda town, user: town.draft_goal.pk for name in ("edit", "move", "remove")},
    "field_edit pk": lambda town, user: town.shown.field.pk,
    "app_label": lambda town, user: "accounts",
    "url": lambda town, user: "unbekannt",
    "account_absence_cancel pk": lambda town, user: absence_of(user),
}
"""A value for each parameter of an address; `name parameter` for one address goes before `parameter`."""


def values_for(address: Any, town: Any, user: Any) -> dict[str, Any]:
    return {
        parameter: (PARAMETERS.get(f"{address.name} {parameter}") or PARAMETERS[parameter])(town, user)
        for parameter in address.parameters
    }
