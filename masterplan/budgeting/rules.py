"""Pure rules of money: what is financed, what lies between, which amounts cannot be. No database, no framework."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Money:
    """What a line of the budget holds, or the sum of lines of one kind.

    None says that nothing was stated: no Ansatz set yet, no Ist reported, nothing resolved.
    """

    requested: Decimal = NOTHING
    appropriated: Decimal | None = None
    supplementary: Decimal = NOTHING
    carried_over: Decimal = NOTHING
    extra: Decimal = NOTHING
    spent: Decimal | None = None
    commitment: Decimal = NOTHING
    resolved: Decimal | None = None

    def __add__(self, other: "Money") -> "Money":
        return Money(**{name: _plus(getattr(self, name), getattr(other, name)) for name in MONEY})  # type: ignore[arg-type]

    @property
    def approved(self) -> Decimal | None:
        """The Ansatz as it holds now: with its Nachtrag."""
        return None if self.appropriated is None else self.appropriated + self.supplementary

    @property
    def financed(self) -> Decimal:
        """What may be spent: Ansatz, Nachtrag, what was carried over and what was granted over or beside the plan."""
        return (self.approved or NOTHING) + self.carried_over + self.extra

    @property
    def gap(self) -> Decimal | None:
        """How far the financed amount lies above (or below) the resolved one; None where nothing was resolved."""
        return None if self.resolved is None else self.financed - self.resolved

    @property
    def is_financing_stated(self) -> bool:
        """An Ansatz of zero is stated; one that nobody set is not zero."""
        return self.appropriated is not None or bool(self.carried_over or self.extra)

    @property
    def lacks_appropriation(self) -> bool:
        """Ist ohne Ansatz: money was spent, and nobody has said what there was to spend."""
        return bool(self.spent) and not self.is_financing_stated

    @property
    def over(self) -> Decimal:
        """By how much the Ist exceeds what may be spent; nothing while nobody has said what that is."""
        return max(NOTHING, (self.spent or NOTHING) - self.financed) if self.is_financing_stated else NOTHING

    @property
    def over_percent(self) -> int:
        """The same in whole percent, rounded down; 100 where there was nothing to spend."""
        if not self.over:
            return 0
        return int(self.over * 100 // self.financed) if self.financed > 0 else 100


MONEY = tuple(Money.__dataclass_fields__)


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one if other is None else other if one is None else one + other


CLOSED_AFTER = 3, 31
"""Month and day on which the Ist of the year before is closed."""


def years_judged(today: date) -> tuple[int, ...]:
    """This year and, until its Ist is closed, the one before."""
    is_open = (today.month, today.day) <= CLOSED_AFTER
    return (today.year - 1, today.year) if is_open else (today.year,)


SIGNED = ("supplementary",)
NEGATIVE = "Geben Sie null oder einen positiven Betrag ein. Ein Minus gehört nur in den Nachtrag."


def faults_of_money(money: Money, *, as_of: date | None) -> dict[str, str]:
    """A German sentence for each amount that cannot be, by its name."""
    found = {}
    for name in MONEY:
        if name not in SIGNED and (getattr(money, name) or NOTHING) < 0:
            found[name] = NEGATIVE
    if money.supplementary and money.appropriated is None:
        found["supplementary"] = "Zu einem Nachtrag gehört ein Ansatz. Tragen Sie dort 0 ein, wenn es keinen gab."
    elif money.supplementary and (money.approved or NOTHING) < 0:
        found["supplementary"] = "Der Nachtrag nimmt mehr weg, als der Ansatz hat. Prüfen Sie Betrag und Ansatz."
    if money.spent is not None and as_of is None:
        found["as_of"] = "Nennen Sie den Tag, von dem das Ist stammt."
    if money.spent is None and as_of is not None:
        found["spent"] = "Zu diesem Stand fehlt das Ist. Tragen Sie den Betrag ein oder leeren Sie den Tag."
    return found
