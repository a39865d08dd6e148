from masterplan.models.attachment import Attachment, AttachmentKind
from masterplan.models.benefit import Benefit, BenefitUnit, RunningCost
from masterplan.models.budget_line import BudgetKind, BudgetLine, BudgetSource
from masterplan.models.budget_proposal import BudgetProposal, ProposalState
from masterplan.models.dependency import Dependency
from masterplan.models.grant import Grant, GrantState
from masterplan.models.health_criteria import HealthCriteria
from masterplan.models.import_draft import ImportDraft
from masterplan.models.measure import (
    Basis,
    Measure,
    MeasureUserObjectPermission,
    Origin,
    Priority,
    Visibility,
)
from masterplan.models.milestone import Milestone
from masterplan.models.promise import DueDatePromise, PromiseKind
from masterplan.models.reminder import GrantReminder, Reminder
from masterplan.models.risk import Impact, Likelihood, Risk, RiskLevel, RiskState
from masterplan.models.status import ACTIVE_PHASES, Health, Phase, ShownStatus
from masterplan.models.status_request import StatusRequest
from masterplan.models.status_update import StatusUpdate, UpdateState

__all__ = [
    "ACTIVE_PHASES",
    "Attachment",
    "AttachmentKind",
    "Basis",
    "Benefit",
    "BenefitUnit",
    "BudgetKind",
    "BudgetLine",
    "BudgetProposal",
    "BudgetSource",
    "Dependency",
    "DueDatePromise",
    "Grant",
    "GrantReminder",
    "GrantState",
    "Health",
    "HealthCriteria",
    "Impact",
    "ImportDraft",
    "Likelihood",
    "Measure",
    "MeasureUserObjectPermission",
    "Milestone",
    "Origin",
    "Phase",
    "Priority",
    "PromiseKind",
    "ProposalState",
    "Reminder",
    "Risk",
    "RiskLevel",
    "RiskState",
    "RunningCost",
    "ShownStatus",
    "StatusRequest",
    "StatusUpdate",
    "UpdateState",
    "Visibility",
]
