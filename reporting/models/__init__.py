from reporting.models.edition import Edition, EditionKind, RenderingState
from reporting.models.report import Report, ReportState
from reporting.models.snapshot import Frozen, Release, Snapshot

__all__ = [
    "Edition",
    "EditionKind",
    "Frozen",
    "Release",
    "RenderingState",
    "Report",
    "ReportState",
    "Snapshot",
]
