from council.forms.bodies import CancelForm, CommitteeForm, MeetingForm, MembershipForm, SittingForm, TermForm
from council.forms.deliberation import (
    AgendaItemForm,
    ConsultationForm,
    FactionForm,
    MeetingFilter,
    MinutesForm,
    PaperFilter,
    PaperForm,
    UploadForm,
)

__all__ = [
    "AgendaItemForm",
    "CancelForm",
    "CommitteeForm",
    "ConsultationForm",
    "FactionForm",
    "MeetingFilter",
    "MeetingForm",
    "MembershipForm",
    "MinutesForm",
    "PaperFilter",
    "PaperForm",
    "SittingForm",
    "TermForm",
    "UploadForm",
]
