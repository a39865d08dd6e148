"""What the public sees of the town itself."""

from dataclasses import dataclass

from ground.models import Town


@dataclass(frozen=True)
class Arms:
    content: bytes
    media_type: str
    sha256: str


def town_arms() -> Arms | None:
    row = Town.objects.exclude(arms=None).values("arms__content", "arms__media_type", "arms__sha256").first()
    return Arms(bytes(row["arms__content"]), row["arms__media_type"], row["arms__sha256"]) if row else None


def town_arms_etag() -> str | None:
    sha256 = Town.objects.exclude(arms=None).values_list("arms__sha256", flat=True).first()
    return f'"{sha256[:32]}"' if sha256 else None
