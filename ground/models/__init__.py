from ground.models.append_only import AppendOnly, AppendOnlyQuerySet, AppendOnlyRow
from ground.models.document import Document
from ground.models.event import Event
from ground.models.mail import Mail, MailState
from ground.models.public_version import PublicVersion
from ground.models.signed_link import SignedLink
from ground.models.town import Town

__all__ = [
    "AppendOnly",
    "AppendOnlyQuerySet",
    "AppendOnlyRow",
    "Document",
    "Event",
    "Mail",
    "MailState",
    "PublicVersion",
    "SignedLink",
    "Town",
]
