from ground.models.document import Document
from ground.models.event import Event
from ground.models.public_version import PublicVersion
from ground.models.town import Town

__all__ = ["Document", "Event", "PublicVersion", "Town"]
