"""Why a measure's status is what it is, in German: the written criteria, and what they make of one measure."""

from ground.formats import NBSP, listed, sentence_start, whole
from masterplan.models.status import Health
from masterplan.rules import Cause, Criteria, Verdict

CLAUSES = {
    "END": "das Ende {days} nach dem {what} liegt",
    "MILESTONE": "der Meilenstein „{what}“ {days} hinter seiner Zusage liegt",
    "PROGRESS": "der Fortschritt {points} hinter der Zeit liegt, die bis zum {what} Ende verstrichen ist",
    "BUDGET": "für {what} {percent} mehr ausgegeben ist, als bereitsteht",
}
OVERSPENT = "mehr ausgegeben ist, als bereitsteht"
"""In public without its figure, from which what was carried over could be reckoned."""
AGAINST = {"RESOLVED": "beschlossenen", "PROMISED": "zuerst zugesagten"}
HELD = "kein Termin länger überschritten ist, als die Kriterien erlauben, und der Fortschritt mit der Zeit mithält"
NO_PROMISE = "es noch keinen zugesagten Termin gibt, an dem sich der Stand messen lässt"


def criteria_in_words(health: str, criteria: Criteria) -> str:
    """What stands beside the choice and in a report's annex."""
    one = criteria
    against = "gegenüber dem beschlossenen, sonst dem zuerst zugesagten Termin"
    if health == "ON_TRACK":
        return (
            f"Weniger als {one.days_at_risk} Tage Verzug {against}; der Fortschritt liegt weniger als "
            f"{one.points_at_risk} Prozentpunkte hinter der verstrichenen Zeit; ausgegeben sind weniger als "
            f"{one.percent_at_risk}{NBSP}% über dem, was bereitsteht."
        )
    if health == "AT_RISK":
        return (
            f"Ab {one.days_at_risk} Tagen Verzug {against}, ab {one.points_at_risk} Prozentpunkten Rückstand gegenüber "
            f"der verstrichenen Zeit, oder ab {one.percent_at_risk}{NBSP}% über dem, was bereitsteht."
        )
    if health == "CRITICAL":
        return (
            f"Ab {one.days_critical} Tagen Verzug, ab {one.points_critical} Prozentpunkten Rückstand, ab "
            f"{one.percent_critical}{NBSP}% über dem, was bereitsteht, oder wenn die Maßnahme ohne eine Entscheidung "
            "nicht weitergehen kann."
        )
    return "Es gibt noch keinen zugesagten Termin, an dem sich der Stand messen lässt."


def because(verdict: Verdict, *, published: bool = False) -> str:
    """A clause for after "weil": das Ende 44 Tage nach dem beschlossenen liegt

    `published`: the verdict knows money that the public does not.
    """
    if verdict.causes:
        found = verdict.causes
        return listed([OVERSPENT if published and one.kind == "BUDGET" else _clause(one) for one in found])
    return HELD if verdict.health == "ON_TRACK" else NO_PROMISE


def derived(verdict: Verdict) -> str:
    """The reason that a status update and the journal keep where nobody stated the health."""
    return f"Aus den Kriterien abgeleitet, weil {because(verdict, published=True)}."


def _clause(cause: Cause) -> str:
    return CLAUSES[cause.kind].format(
        days=_counted(cause.amount, "Tag", "Tage"),
        what=AGAINST.get(cause.what, cause.what),
        points=_counted(cause.amount, "Prozentpunkt", "Prozentpunkte"),
        percent=f"{whole(cause.amount)}{NBSP}%",
    )


def _counted(amount: int, one: str, many: str) -> str:
    return f"{whole(amount)}{NBSP}{one if amount == 1 else many}"


def explained(verdict: Verdict, health: str, stated: str, *, published: bool = False) -> str:
    """Why the status that is shown is what it is, as a sentence; "" where the criteria have moved on since.

    `stated` is the reason of who stated another one than the criteria give.
    """
    if stated:
        return f"{stated.rstrip('. ')}. Nach den Kriterien wäre der Status „{Health(verdict.health).label}“."
    if health != verdict.health:
        return ""
    return f"{sentence_start(str(Health(health).label))}, weil {because(verdict, published=published)}."
