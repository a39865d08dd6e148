"""What a refused change is called in the workspace: one sentence per field that says what to do next."""

from accounts.models import User
from ground.history import StaleRow
from masterplan.change import InvalidChange, ReasonMissing
from masterplan.changing import CONFIDENTIAL_ONE_BY_ONE, ConfidentialInBulk
from masterplan.models import Measure
from masterplan.planning import DeputyIsResponsible
from masterplan.publishing import ReasonForVisibilityMissing

REFUSED = (InvalidChange, ReasonMissing, ReasonForVisibilityMissing, DeputyIsResponsible, ConfidentialInBulk)
"""Everything that a rule refuses; a StaleRow is answered with both versions instead."""

REASON_MISSING = "Nennen Sie einen Grund: Die Maßnahme ist öffentlich oder beschlossen."
VISIBILITY_REASON_MISSING = "Nennen Sie einen Grund: Die Maßnahme ist bisher öffentlich oder nichtöffentlich."
SAME_DEPUTY = "Vertretung und verantwortliche Person müssen verschieden sein."


def sentences(refused: Exception) -> dict[str, str]:
    """By field of the form; "" stands for the whole form."""
    if isinstance(refused, InvalidChange):
        return refused.errors
    if isinstance(refused, ReasonMissing):
        return {"reason": REASON_MISSING}
    if isinstance(refused, ReasonForVisibilityMissing):
        return {"reason": VISIBILITY_REASON_MISSING}
    if isinstance(refused, ConfidentialInBulk):
        return {"": CONFIDENTIAL_ONE_BY_ONE}
    return {"deputy": SAME_DEPUTY}


def who_overtook(stale: StaleRow) -> User | None:
    """Who saved the row last."""
    newest = Measure.history.filter(id=stale.current.pk).order_by("-history_id").select_related("history_user").first()
    return newest.history_user if newest else None
