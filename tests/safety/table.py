"""Which visitor may use which address. Whatever is not in this table fails the test that compares it with reality."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.access import Function, Perm, Role
from council.models import Committee, LegislativeTerm, Meeting, Membership
from ground.linking import make_link, token_of
from masterplan.importing.drafts import upload

LIST = b"Nummer;Titel\nBS-99;Neu\n"
OPEN = frozenset({"anonymous"})
EVERYONE_INSIDE = frozenset(role.name for role in Role) | frozenset(function.name for function in Function)
HOUSE = EVERYONE_INSIDE - {"COUNCIL", "SYSTEM_ADMINISTRATOR"}
OFFICER = frozenset({"DIGITAL_OFFICER", "DEPUTY_DIGITAL_OFFICER"})
COUNCIL_OFFICE = frozenset({"COUNCIL_OFFICE"})
RELEASE = frozenset({"ADMINISTRATION_HEAD"})
SYSTEM = frozenset({"SYSTEM_ADMINISTRATOR"})
NOBODY: frozenset[str] = frozenset()
ALL = OPEN | EVERYONE_INSIDE

TABLE: dict[str, frozenset[str]] = {
    "health/live": ALL,
    "health/ready": ALL,
    "public_start": ALL,
    "public_arms": ALL,
    "public_icon": ALL,
    "public_robots": ALL,
    "public_security": ALL,
    "public_officer": ALL,
    "public_imprint": ALL,
    "public_privacy": ALL,
    "public_accessibility": ALL,
    "public_strategy": ALL,
    "public_field": ALL,
    "public_measures": ALL,
    "public_timeline": ALL,
    "public_measure": ALL,
    "public_attachment": ALL,
    "public_reports": ALL,
    "public_report": ALL,
    "public_report_file": ALL,
    "public_report_fassung": ALL,
    "public_report_fassung_file": ALL,
    "desk": EVERYONE_INSIDE,
    "post": OFFICER,
    "post_mail": OFFICER,
    "post_resend": OFFICER,
    "strategy_edit": HOUSE,
    "strategy_history": HOUSE,
    "strategy_add": OFFICER,
    "strategy_text": OFFICER,
    "strategy_in_force": OFFICER,
    "goal_add": OFFICER,
    "goal_edit": OFFICER,
    "goal_move": OFFICER,
    "goal_remove": OFFICER,
    "field_add": OFFICER,
    "field_edit": OFFICER,
    "council_room": frozenset({"COUNCIL"}),
    "meetings": HOUSE | {"COUNCIL"},
    "meeting": HOUSE | {"COUNCIL"},
    "meeting_add": COUNCIL_OFFICE,
    "meeting_edit": COUNCIL_OFFICE,
    "meeting_cancel": COUNCIL_OFFICE,
    "meeting_reinstate": COUNCIL_OFFICE,
    "committees": HOUSE | {"COUNCIL"},
    "committee": HOUSE | {"COUNCIL"},
    "committee_add": COUNCIL_OFFICE,
    "committee_edit": COUNCIL_OFFICE,
    "membership_add": COUNCIL_OFFICE,
    "membership_edit": COUNCIL_OFFICE,
    "term_add": COUNCIL_OFFICE,
    "term_edit": COUNCIL_OFFICE,
    "council_document": HOUSE | {"COUNCIL"},
    "reports": HOUSE,
    "report_edit": HOUSE,
    "report_progress": HOUSE,
    "report_document": HOUSE | {"COUNCIL"},
    "report_page": HOUSE | {"COUNCIL"},
    "council_report": HOUSE | {"COUNCIL"},
    "report_draft": OFFICER,
    "report_draft_file": OFFICER,
    "report_freeze": OFFICER,
    "report_correct": OFFICER,
    "report_retry": OFFICER,
    "report_release": RELEASE,
    "report_return": RELEASE,
    "report_return_withdraw": RELEASE,
    "health_criteria": OFFICER,
    "updates": HOUSE,
    "updates_ask": OFFICER,
    "updates_unchanged": OFFICER,
    "request_withdraw": OFFICER,
    "update_review": OFFICER | {"IT"},
    "update_approve": OFFICER,
    "update_return": OFFICER,
    "measure_report": OFFICER,
    "measure_report_step": OFFICER,
    "measures_export": HOUSE,
    "measures": HOUSE,
    "measure_add": OFFICER,
    "measures_bulk": OFFICER,
    "measure_edit": HOUSE,
    "measure_row": HOUSE,
    "measure_cell": OFFICER,
    "measure_cell_consequences": OFFICER,
    "measure_status": HOUSE,
    "measure_status_consequences": OFFICER,
    "measure_milestones": HOUSE,
    "milestone_edit": OFFICER,
    "milestone_drop": OFFICER,
    "measure_attachments": HOUSE,
    "measure_files_add": OFFICER,
    "measure_link_add": OFFICER,
    "attachment_file": HOUSE,
    **{f"attachment_{step}": OFFICER for step in ("edit", "move", "withdraw", "restore", "remove")},
    "measure_reporters": OFFICER,
    "measure_reporter_remove": OFFICER,
    "measure_visibility": OFFICER,
    "measure_delete": OFFICER,
    "measure_history": HOUSE,
    "measure_restore": OFFICER,
    "milestone_restore": OFFICER,
    "import_start": OFFICER,
    "import_example": OFFICER,
    "import_mapping": OFFICER,
    "import_preview": OFFICER,
    "import_apply": OFFICER,
    "import_done": OFFICER,
    "account_login": ALL,
    "account_reset_password": ALL,
    "account_reset_password_done": ALL,
    "account_reset_password_from_key": ALL,
    "account_reset_password_from_key_done": ALL,
    "mfa_authenticate": ALL,
    "socialaccount_login_cancelled": ALL,
    "socialaccount_login_error": ALL,
    "openid_connect_login": NOBODY,
    "openid_connect_callback": NOBODY,
    "account_logout": ALL,
    "account_reauthenticate": EVERYONE_INSIDE,
    "account_profile": EVERYONE_INSIDE,
    "account_deputy": EVERYONE_INSIDE,
    "account_absence_add": EVERYONE_INSIDE,
    "account_absence_cancel": EVERYONE_INSIDE,
    "account_change_password": EVERYONE_INSIDE,
    "mfa_reauthenticate": EVERYONE_INSIDE,
    "mfa_index": EVERYONE_INSIDE,
    "mfa_activate_totp": EVERYONE_INSIDE,
    "mfa_deactivate_totp": EVERYONE_INSIDE,
    "mfa_view_recovery_codes": EVERYONE_INSIDE,
    "mfa_generate_recovery_codes": EVERYONE_INSIDE,
    "mfa_download_recovery_codes": EVERYONE_INSIDE,
}
WRITERS = {"measure_edit": OFFICER, "measure_status": OFFICER, "measure_milestones": OFFICER}
"""Where fewer may send than read."""

ADMINISTERED = (
    "accounts_absence",
    "accounts_appointment",
    "accounts_unit",
    "accounts_user",
    "council_committee",
    "council_legislativeterm",
    "council_meeting",
    "council_membership",
    "ground_town",
    "portal_pagetext",
    "strategy_fieldofaction",
)
"""The models under /verwaltung/; those that packages bring along open for nobody."""

ADMIN_ITSELF = {
    "admin:index": SYSTEM,
    "admin:login": NOBODY,
    "admin:logout": SYSTEM,
    "admin:password_change": SYSTEM,
    "admin:password_change_done": SYSTEM,
    "admin:jsi18n": SYSTEM,
    "admin:app_list": SYSTEM,
    "admin:autocomplete": NOBODY,
    "admin:view_on_site": NOBODY,
}
"""Autocomplete answers only a field of a form, which the walker does not name. The bare address of an object, closed
by `<path:object_id>/`, only leads to its form."""


def allowed(name: str, unknown: Any = None) -> Any:
    """Who may; `unknown` where the table does not say."""
    if not name.startswith("admin:"):
        return TABLE.get(name, unknown)
    if name in ADMIN_ITSELF:
        return ADMIN_ITSELF[name]
    if name.endswith("<path:object_id>/"):
        return SYSTEM
    model = name.removeprefix("admin:").removeprefix("verwaltung/").replace("/", "_")
    return SYSTEM if model.startswith(ADMINISTERED) else NOBODY


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


def may_be_refused(name: str) -> bool:
    """Some rows the administration neither adds nor deletes, and the first row of a table may not be there."""
    return name.startswith("admin:") and name.endswith(("_add", "_delete", "_history", "_change"))


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
    "term_edit pk": lambda town, user: LegislativeTerm.objects.all()[0].pk,
    **{f"update_{step} pk": lambda town, user: town.submitted for step in ("review", "approve", "return")},
    "request_withdraw pk": lambda town, user: town.shown.requests.open().get().pk,
    "step": lambda town, user: "angaben",
    **{f"{name} pk": lambda town, user: town.mail for name in ("post_mail", "post_resend")},
    "measure_reporter_remove pk": lambda town, user: town.officer.pk,
    "milestone_edit pk": lambda town, user: town.shown.milestones.first().pk,
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
