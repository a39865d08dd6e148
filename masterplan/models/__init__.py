from masterplan.models.attachment import Attachment, AttachmentKind
from masterplan.models.dependency import Dependency
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
from masterplan.models.risk import Impact, Likelihood, Risk, RiskLevel, RiskState
from masterplan.models.status import ACTIVE_PHASES, Health, Phase, ShownStatus
from masterplan.models.status_request import StatusRequest
from masterplan.models.status_update import StatusUpdate, UpdateState

__all__ = [
    "ACTIVE_PHASES",
    "Attachment",
    "AttachmentKind",
    "Basis",
    "Dependency",
    "DueDatePromise",
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
    "Risk",
    "RiskLevel",
    "RiskState",
    "ShownStatus",
    "StatusRequest",
    "StatusUpdate",
    "UpdateState",
    "Visibility",
]
