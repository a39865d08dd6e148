from ground.models.append_only import AppendOnly, AppendOnlyQuerySet, AppendOnlyRow
from ground.models.document import Document
from ground.models.event import Event
from ground.models.public_version import PublicVersion
from ground.models.town import Town

__all__ = ["AppendOnly", "AppendOnlyQuerySet", "AppendOnlyRow", "Document", "Event", "PublicVersion", "Town"]
