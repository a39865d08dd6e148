from reporting.models.draft import Draft
from reporting.models.edition import Edition, EditionKind
from reporting.models.rendering import Rendering, RenderingState
from reporting.models.report import Report, ReportState
from reporting.models.snapshot import Release, Snapshot

__all__ = [
    "Draft",
    "Edition",
    "EditionKind",
    "Release",
    "Rendering",
    "RenderingState",
    "Report",
    "ReportState",
    "Snapshot",
]
