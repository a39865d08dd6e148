"""Where the report is, for the desk of those who prepare or release it, and what they do next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.access import Perm
from reporting import agenda
from reporting.context import words
from reporting.desk import FassungRow, fassungen, return_row
from reporting.models import Report, ReportState, takes_part

COMMENT_SHOWN = 240
FIRST = {True: (ReportState.RETURNED, ReportState.FROZEN), False: (ReportState.FROZEN, ReportState.RETURNED)}
"""By whether one prepares reports: what one does oneself goes before what others do."""


@dataclass(frozen=True)
class Standing:
    title: str
    state: str
    step: str
    url: str
    meeting: str = ""
    progress: int | None = None
    failed: Sequence[tuple[int, str]] = ()
    """Files that a new attempt may make: the edition's id and label."""
    waits_for_me: bool = False
    comment: str = ""
    """With which it was given back."""

    @property
    def call(self) -> str:
        """To whom it waits for."""
        return f"{self.title} {'ist zurückgegeben' if self.comment else 'wartet auf Ihre Freigabe'}"

    @property
    def notice(self) -> str:
        return words.cut(self.comment, COMMENT_SHOWN) or self.meeting


def standing(user: Any, today: date) -> Standing | None:
    """Of the report that was given back or waits for its release, else of the newest; None for others."""
    if not takes_part(user):
        return None
    report = _report_in_hand(user)
    if report is None:
        step = "Bericht anlegen" if user.has_perm(Perm.PREPARE_REPORTS) else "Zu den Berichten"
        return Standing("", "Noch ist kein Bericht angelegt.", step, reverse("reports"))
    found = _standing(report, user, today)
    meeting = report.meeting
    if meeting is None or report.state == ReportState.RELEASED:
        return found
    return replace(found, meeting=agenda.ahead(meeting, today))


def _report_in_hand(user: Any) -> Report | None:
    known = list(Report.objects.select_related("committee", "meeting").order_by("-year", "-half")[:12])
    rank = [*FIRST[user.has_perm(Perm.PREPARE_REPORTS)], ReportState.COLLECTING, ReportState.RELEASED]
    return min(known, key=lambda report: rank.index(ReportState(report.state)), default=None)


def _standing(report: Report, user: Any, today: date) -> Standing:
    prepares, page = user.has_perm(Perm.PREPARE_REPORTS), reverse("report_edit", args=[report.pk])
    title = f"Statusbericht {report.period.label}"
    if report.is_open:
        step = "Bericht schreiben und einfrieren" if prepares else "Ansehen"
        return Standing(title, "In Arbeit, noch nicht eingefroren.", step, page)
    newest = fassungen(report, user, today)[0]
    if report.state == ReportState.RELEASED:
        step, where = ("Nächsten Bericht anlegen", reverse("reports")) if prepares else ("Ansehen", page)
        return Standing(title, f"Freigegeben am {newest.released}.", step, where)
    if report.state == ReportState.RETURNED:
        return _returned(report, user, Standing(title, "", "Ansehen", page))
    return _frozen(report, newest, user, Standing(title, "", "Ansehen", page))


def _returned(report: Report, user: Any, found: Standing) -> Standing:
    told = return_row(report, user)
    state, comment = f"Zurückgegeben am {told.when}." if told else "", told.comment if told else ""
    if not user.has_perm(Perm.PREPARE_REPORTS):
        return replace(found, state=f"{state} Der Digital Officer legt eine neue Fassung an.", comment=comment)
    where = reverse("report_correct", args=[report.pk])
    return replace(found, state=state, comment=comment, step="Neue Fassung anlegen", url=where, waits_for_me=True)


def _frozen(report: Report, newest: FassungRow, user: Any, found: Standing) -> Standing:
    prepares, releases = user.has_perm(Perm.PREPARE_REPORTS), user.has_perm(Perm.RELEASE_REPORTS)
    failed = [(row.pk, row.label) for row in newest.editions if row.state == "FAILED"]
    if failed:
        state = "Eingefroren, aber eine Datei konnte nicht erstellt werden. Der Inhalt ist unversehrt."
        return replace(found, state=state, failed=failed if prepares else ())
    if newest.is_rendering:
        progress = sum(row.progress for row in newest.editions) // len(newest.editions)
        return replace(found, state="Eingefroren, die Dateien werden erstellt.", progress=progress)
    if not releases:
        return replace(found, state="Wartet auf die Freigabe durch die Verwaltungsleitung.")
    if report.snapshots.filter(fassung=newest.number, author=user).exists():
        state = "Wartet auf die Freigabe. Sie haben ihn eingefroren; freigeben muss ihn eine andere Person."
        return replace(found, state=state)
    return replace(
        found,
        state="Wartet auf Ihre Freigabe.",
        step="Lesen und freigeben",
        url=reverse("report_release", args=[report.pk]),
        waits_for_me=True,
    )
