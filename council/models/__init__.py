from council.models.agenda_item import AgendaItem
from council.models.bodies import Committee, CommitteeKind, LegislativeTerm, Meeting, Membership, MembershipRole
from council.models.consultation import Consultation, ConsultationRole
from council.models.faction import Faction, FactionKind
from council.models.file import File
from council.models.minutes import Minutes
from council.models.paper import Paper, PaperKind

__all__ = [
    "AgendaItem",
    "Committee",
    "CommitteeKind",
    "Consultation",
    "ConsultationRole",
    "Faction",
    "FactionKind",
    "File",
    "LegislativeTerm",
    "Meeting",
    "Membership",
    "MembershipRole",
    "Minutes",
    "Paper",
    "PaperKind",
]
