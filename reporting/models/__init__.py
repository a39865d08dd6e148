from reporting.models.draft import Draft
from reporting.models.edition import Edition, EditionKind
from reporting.models.rendering import Rendering, RenderingState
from reporting.models.report import Report, ReportState, takes_part
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
    "takes_part",
]
