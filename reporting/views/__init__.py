from reporting.views.council import council_room
from reporting.views.cycle import report_correct, report_freeze
from reporting.views.editions import report_page
from reporting.views.files import report_document, report_draft, report_draft_file, report_progress, report_retry
from reporting.views.release import report_release, report_return, report_return_withdraw
from reporting.views.reports import report_edit, reports

__all__ = [
    "council_room",
    "report_correct",
    "report_document",
    "report_draft",
    "report_draft_file",
    "report_edit",
    "report_freeze",
    "report_page",
    "report_progress",
    "report_release",
    "report_retry",
    "report_return",
    "report_return_withdraw",
    "reports",
]
