"""What the mails to units say. A subject names no measure, and a nichtöffentliche one is a number everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ground.formats import counted, day, listed
from ground.posting.rules import LINK

SIGNED = "Freundliche Grüße\n{portal}"
ABOUT_THE_LINK = """Ihr persönlicher Link, ohne Anmeldung, gültig bis {until}:

{link}

Bitte geben Sie ihn nicht weiter."""
EFFORT = "Eine Meldung dauert etwa eine Minute. Hat sich nichts geändert, genügt ein Klick."
NEXT = (
    "Kommt keine Antwort, erinnern wir Sie noch einmal und fragen dann in der Leitung nach. "
    "Bis dahin steht überall der bisherige Stand."
)


@dataclass(frozen=True)
class Item:
    number: str
    title: str
    """Empty where the measure is nichtöffentlich."""
    due: date
    late: bool
    in_lieu: bool
    """Asked of one who stands in."""

    @property
    def line(self) -> str:
        asked = f"{'war erbeten' if self.late else 'erbeten'} bis {day(self.due)}"
        lieu = ", in Vertretung" if self.in_lieu else ""
        return f"- {self.number} {self.title or '(nichtöffentlich, nur mit Anmeldung)'}, {asked}{lieu}"


@dataclass(frozen=True)
class GrantItem:
    number: str
    title: str
    """Empty where the measure is nichtöffentlich; then no programme is named either."""
    what: str
    due: date
    missed: bool
    programme: str
    address: str

    @property
    def text(self) -> str:
        measure = f"{self.number} {self.title or '(nichtöffentlich)'}"
        programme = f" ({self.programme})" if self.title else ""
        when = f"die Frist war am {day(self.due)}" if self.missed else f"bis {day(self.due)}"
        return f"- {measure}{programme}: {self.what}, {when}\n  {self.address}"


@dataclass(frozen=True)
class Letter:
    """`own` are to be answered by the reader, `of_unit` by others of the unit that the reader heads."""

    own: Sequence[Item]
    of_unit: Sequence[Item]
    grants: Sequence[GrantItem]
    taken_over: Sequence[str]
    """Numbers of what the reader sent and was taken over since the last mail."""
    until: date
    workspace: str
    ask: str
    """Who answers questions, with an address."""
    portal: str

    @property
    def has_link(self) -> bool:
        return any(one.title for one in self.own)

    @property
    def subject(self) -> str:
        if not self.own and not self.of_unit:
            due = day(min(one.due for one in self.grants))
            return f"Frist einer Zuwendung: {due}" if len(self.grants) == 1 else f"Fristen von Zuwendungen, ab {due}"
        if not self.own:
            return f"Noch ohne Antwort: {counted(len(self.of_unit), 'Maßnahme', 'Maßnahmen')} aus Ihrem Bereich"
        first = min(one.due for one in self.own)
        return f"Bitte um Ihren Stand: {counted(len(self.own), 'Maßnahme', 'Maßnahmen')}, bis {day(first)}"

    @property
    def text(self) -> str:
        parts = ["Guten Tag,", *self._asked(), *self._of_unit()]
        if self.taken_over:
            parts.append(f"Übernommen ist seit der letzten Mail, was Sie gemeldet haben: {listed(self.taken_over)}.")
        parts += [NEXT] if self.own else []
        return "\n\n".join([*parts, *self._grants(), f"Fragen? {self.ask}", SIGNED.format(portal=self.portal)]) + "\n"

    def _asked(self) -> list[str]:
        if not self.own:
            return []
        these = "dieser Maßnahme" if len(self.own) == 1 else "diesen Maßnahmen"
        said = [f"wie steht es mit {these}? {EFFORT}", "\n".join(one.line for one in self.own)]
        if self.has_link:
            said.append(ABOUT_THE_LINK.format(until=day(self.until), link=LINK))
        return [*said, f"Mit Anmeldung: {self.workspace}"]

    def _of_unit(self) -> list[str]:
        if not self.of_unit:
            return []
        begins = "Außerdem fehlt" if self.own else "zu Maßnahmen aus Ihrem Bereich fehlt"
        more = " zu Maßnahmen aus Ihrem Bereich noch die Antwort" if self.own else " noch die Antwort"
        said = f"{begins}{more}. Bitte klären Sie, wer antwortet:"
        return [said, "\n".join(one.line for one in self.of_unit), *([] if self.own else [f"Mehr: {self.workspace}"])]

    def _grants(self) -> list[str]:
        if not self.grants:
            return []
        begins = "Außerdem: Zu" if self.own or self.of_unit else "zu"
        which = "einer Zuwendung steht eine Frist" if len(self.grants) == 1 else "Zuwendungen stehen Fristen"
        said = f"{begins} {which} an. Ist es getan, tragen Digital Officer oder Kämmerei es ein, und die Mails enden."
        return [said, "\n".join(one.text for one in self.grants)]


RETURNED_SUBJECT = "Zu Ihrer Statusmeldung ist eine Frage offen"
RETURNED = """Guten Tag,

Ihre Statusmeldung zu {what} ist mit einem Hinweis zurückgekommen.

Was Sie geschrieben haben, ist noch da. Bitte ergänzen Sie es und schicken Sie es wieder ab.

{way}

Fragen? {ask}

{signed}
"""
