"""What a refused change is called in the workspace: one sentence per field that says what to do next."""

from masterplan.change import InvalidChange, ReasonMissing
from masterplan.changing import CONFIDENTIAL_ONE_BY_ONE, ConfidentialInBulk
from masterplan.planning import BasisDoesNotHold, DeputyIsResponsible, OutOfService
from masterplan.publishing import ReasonForVisibilityMissing
from masterplan.restoring import CannotRestore

REFUSED = (
    InvalidChange,
    ReasonMissing,
    ReasonForVisibilityMissing,
    DeputyIsResponsible,
    BasisDoesNotHold,
    OutOfService,
    CannotRestore,
    ConfidentialInBulk,
)
"""Everything that a rule refuses; a StaleRow is answered with both versions instead."""

REASON_MISSING = "Nennen Sie einen Grund: Die Maßnahme ist öffentlich oder beschlossen."
VISIBILITY_REASON_MISSING = "Nennen Sie einen Grund: Die Maßnahme ist bisher öffentlich oder nichtöffentlich."
BASIS_DOES_NOT_HOLD = (
    "Auf den beschlossenen Masterplan stützt sich nur eine beschlossene Maßnahme, und eine beschlossene ist kein "
    "Geschäft der laufenden Verwaltung. Wählen Sie eine andere Grundlage."
)
SAME_DEPUTY = "Vertretung und verantwortliche Person müssen verschieden sein."


def sentences(refused: Exception) -> dict[str, str]:
    """By field of the form; "" stands for the whole form."""
    if isinstance(refused, InvalidChange | OutOfService):
        return refused.errors
    if isinstance(refused, CannotRestore):
        return {"": str(refused)}
    if isinstance(refused, ReasonMissing):
        return {"reason": REASON_MISSING}
    if isinstance(refused, ReasonForVisibilityMissing):
        return {"reason": VISIBILITY_REASON_MISSING}
    if isinstance(refused, ConfidentialInBulk):
        return {"": CONFIDENTIAL_ONE_BY_ONE}
    if isinstance(refused, BasisDoesNotHold):
        return {"basis": BASIS_DOES_NOT_HOLD}
    return {"deputy": SAME_DEPUTY}
