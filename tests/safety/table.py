"""Which visitor may use which address. Whatever is not in this table fails the test that compares it with reality."""

from typing import Any

from accounts.access import Function, Role
from tests.safety import money

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
    "public_trend": ALL,
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
    "post_revoke": OFFICER,
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
    "council_measures": frozenset({"COUNCIL"}),
    "council_measure": frozenset({"COUNCIL"}),
    "meetings": HOUSE | {"COUNCIL"},
    "meeting": HOUSE | {"COUNCIL"},
    "meeting_add": COUNCIL_OFFICE,
    "meeting_edit": COUNCIL_OFFICE,
    "meeting_cancel": COUNCIL_OFFICE,
    "meeting_reinstate": COUNCIL_OFFICE,
    "papers": HOUSE | {"COUNCIL"},
    "paper": HOUSE | {"COUNCIL"},
    "council_file": HOUSE | {"COUNCIL"},
    **{f"paper_{step}": COUNCIL_OFFICE for step in ("add", "edit", "release", "remove", "file_add")},
    **{f"consultation_{step}": COUNCIL_OFFICE for step in ("add", "edit", "remove")},
    **{f"agenda_item_{step}": COUNCIL_OFFICE for step in ("add", "edit", "move", "remove")},
    **{f"minutes_{step}": COUNCIL_OFFICE for step in ("add", "edit", "file_add")},
    "council_file_remove": COUNCIL_OFFICE,
    "faction_add": COUNCIL_OFFICE,
    "faction_edit": COUNCIL_OFFICE,
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
    "request_to_stand_in": OFFICER,
    "update_review": OFFICER | {"IT"},
    "update_approve": OFFICER,
    "update_return": OFFICER,
    "measure_report": OFFICER,
    "measure_report_step": OFFICER,
    "status_by_link": ALL,
    "measures_export": HOUSE,
    "measures": HOUSE,
    "measures_trend": HOUSE,
    "measures_radar": OFFICER,
    "measures_hand_over": OFFICER,
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
    "milestone_consequences": OFFICER,
    "measure_risks": HOUSE,
    "risk_add": OFFICER,
    "risk_edit": OFFICER,
    "risk_take_in": OFFICER,
    "risk_decline": OFFICER,
    "dependency_add": OFFICER,
    "dependency_end": OFFICER,
    "risks": HOUSE,
    "dependencies": HOUSE,
    **money.addresses(HOUSE, OFFICER),
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
WRITERS = {
    "measure_edit": OFFICER,
    "measure_status": OFFICER,
    "measure_milestones": OFFICER,
    "budget": OFFICER | {"TREASURY"},
}
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


def may_be_refused(name: str) -> bool:
    """Some rows the administration neither adds nor deletes, and the first row of a table may not be there."""
    return name.startswith("admin:") and name.endswith(("_add", "_delete", "_history", "_change"))
