"""Who may do what: one table. Whatever it does not grant is refused.

Rights on a single row ("own measure") are not here: they follow from the row's own fields and from object grants,
and live with the row (`visible_to`, `own`).
"""

from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models


class Role(models.TextChoices):
    COUNCIL = "COUNCIL", "Rat und Ausschüsse"
    ADMINISTRATION = "ADMINISTRATION", "Verwaltung"
    IT = "IT", "IT"
    DIGITAL_OFFICER = "DIGITAL_OFFICER", "Digital Officer"
    SYSTEM_ADMINISTRATOR = "SYSTEM_ADMINISTRATOR", "Systemverwaltung"


class Function(models.TextChoices):
    """Held by dated appointment, on top of a role."""

    ADMINISTRATION_HEAD = "ADMINISTRATION_HEAD", "Verwaltungsleitung"
    COUNCIL_OFFICE = "COUNCIL_OFFICE", "Ratsbüro"
    TREASURY = "TREASURY", "Kämmerei"
    DEPUTY_DIGITAL_OFFICER = "DEPUTY_DIGITAL_OFFICER", "Stellvertretung Digital Officer"
    DATA_PROTECTION = "DATA_PROTECTION", "Datenschutz"


class Perm(StrEnum):
    """Named `floor.verb_noun`, as Django's permissions are."""

    READ_INTERNAL_MEASURES = "masterplan.read_internal_measure"
    READ_CONFIDENTIAL_MEASURES = "masterplan.read_confidential_measure"
    READ_NOTES = "masterplan.read_notes"
    EDIT_MEASURES = "masterplan.edit_measure"
    IMPORT_MEASURES = "masterplan.import_measure"
    REPORT_STATUS = "masterplan.report_status"
    APPROVE_STATUS = "masterplan.approve_status"
    READ_HISTORY = "masterplan.read_history"
    READ_BUDGET = "masterplan.read_budget"
    EDIT_BUDGET = "masterplan.edit_budget"
    PROPOSE_BUDGET = "masterplan.propose_budget"
    READ_RISKS = "masterplan.read_risk"
    EDIT_STRATEGY = "strategy.edit_strategy"
    READ_DRAFT_STRATEGY = "strategy.read_draft_strategy"
    READ_REPORTS = "reporting.read_report"
    PREPARE_REPORTS = "reporting.prepare_report"
    RELEASE_REPORTS = "reporting.release_report"
    EDIT_MEETINGS = "council.edit_meeting"
    READ_MEETINGS = "council.read_meeting"
    READ_CLOSED_PAPERS = "council.read_closed_paper"
    READ_POST = "ground.read_post"
    RESEND_POST = "ground.resend_post"
    OPEN_WORKSPACE = "portal.open_workspace"
    OPEN_COUNCIL_ROOM = "portal.open_council_room"


ADMINISTERED = (
    "accounts.absence",
    "accounts.appointment",
    "accounts.unit",
    "accounts.user",
    "council.committee",
    "council.legislativeterm",
    "council.meeting",
    "council.membership",
    "ground.town",
    "portal.pagetext",
    "strategy.fieldofaction",
)
"""The models that the system administrator keeps under /verwaltung/."""

_SETTINGS = {
    f"{app}.{verb}_{model}"
    for app, model in (label.split(".") for label in ADMINISTERED)
    for verb in ("add", "change", "delete", "view")
}
_INSIDE = {
    Perm.OPEN_WORKSPACE,
    Perm.READ_BUDGET,
    Perm.READ_DRAFT_STRATEGY,
    Perm.READ_HISTORY,
    Perm.READ_INTERNAL_MEASURES,
    Perm.READ_MEETINGS,
    Perm.READ_REPORTS,
    Perm.READ_RISKS,
    Perm.REPORT_STATUS,
}
_OFFICER = _INSIDE | {
    Perm.READ_CLOSED_PAPERS,
    Perm.READ_CONFIDENTIAL_MEASURES,
    Perm.READ_NOTES,
    Perm.EDIT_MEASURES,
    Perm.IMPORT_MEASURES,
    Perm.APPROVE_STATUS,
    Perm.EDIT_BUDGET,
    Perm.EDIT_STRATEGY,
    Perm.PREPARE_REPORTS,
    Perm.READ_POST,
    Perm.RESEND_POST,
}

GRANTS: dict[Role | Function, frozenset[str]] = {
    Role.COUNCIL: frozenset(
        {Perm.OPEN_COUNCIL_ROOM, Perm.READ_BUDGET, Perm.READ_MEETINGS, Perm.READ_REPORTS, Perm.READ_RISKS}
    ),
    Role.ADMINISTRATION: frozenset(_INSIDE | {Perm.PROPOSE_BUDGET}),
    Role.IT: frozenset(_INSIDE | {Perm.READ_NOTES}),
    Role.DIGITAL_OFFICER: frozenset(_OFFICER),
    Role.SYSTEM_ADMINISTRATOR: frozenset(_SETTINGS),
    Function.ADMINISTRATION_HEAD: frozenset({Perm.READ_CLOSED_PAPERS, Perm.RELEASE_REPORTS}),
    Function.COUNCIL_OFFICE: frozenset({Perm.EDIT_MEETINGS, Perm.READ_CLOSED_PAPERS, Perm.READ_MEETINGS}),
    Function.TREASURY: frozenset({Perm.EDIT_BUDGET}),
    Function.DEPUTY_DIGITAL_OFFICER: frozenset(_OFFICER),
    Function.DATA_PROTECTION: frozenset(),
}


HOLDERS = frozenset({Role.ADMINISTRATION, Role.IT, Role.DIGITAL_OFFICER})
"""Whose functions count: the council decides what others release, and the system administrator edits nothing."""


def granted(roles_and_functions: set[Role | Function]) -> frozenset[str]:
    return frozenset[str]().union(*(GRANTS[one] for one in roles_and_functions))


def require(by: Any, perm: Perm) -> None:
    """Raises PermissionDenied unless `by` holds the permission. None is the system itself: shell and schedule."""
    if by is not None and not by.has_perm(perm):
        raise PermissionDenied
