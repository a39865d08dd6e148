from ground.models.document import Document
from ground.models.event import AppendOnly, Event
from ground.models.public_version import PublicVersion
from ground.models.town import Town

__all__ = ["AppendOnly", "Document", "Event", "PublicVersion", "Town"]
