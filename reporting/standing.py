"""Where the report is, for the desk of those who prepare or release it, and what they do next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.access import Perm
from reporting import agenda
from reporting.desk import FassungRow, fassungen
from reporting.models import Report, ReportState


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


def standing(user: Any, today: date) -> Standing | None:
    """Of the report that waits longest for its release, else of the newest; None for those who have no part in it."""
    prepares, releases = user.has_perm(Perm.PREPARE_REPORTS), user.has_perm(Perm.RELEASE_REPORTS)
    if not (prepares or releases):
        return None
    report = _report_in_hand()
    if report is None:
        step = "Bericht anlegen" if prepares else "Zu den Berichten"
        return Standing("", "Noch ist kein Bericht angelegt.", step, reverse("reports"))
    found = _standing(report, user, today)
    meeting = report.meeting
    if meeting is None or report.state == ReportState.RELEASED:
        return found
    return replace(found, meeting=agenda.ahead(meeting, today))


def _report_in_hand() -> Report | None:
    known = list(Report.objects.select_related("committee", "meeting").order_by("-year", "-half")[:12])
    rank = [ReportState.FROZEN, ReportState.COLLECTING, ReportState.RELEASED]
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
    return _frozen(report, newest, user, Standing(title, "", "Ansehen", page))


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
