"""What stands around every page: the town, the portal's name, the day of the data."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from ground.models import PublicVersion, Town


@dataclass(frozen=True)
class Frame:
    town: str
    portal: str
    office: str
    street: str
    city: str
    email: str
    phone: str
    arms_url: str
    icon_url: str
    is_example: bool
    data_as_of: date


UNNAMED = "Digitalportal"
"""Name of the portal until the system administrator has entered the town."""

_kept: dict[tuple[int, datetime], Frame] = {}


def current_frame(version: PublicVersion) -> Frame:
    """Read once per public version and process; whoever saves the town raises the version."""
    key = (version.number, version.raised_at)
    if key not in _kept:
        _kept.clear()
        _kept[key] = _read(timezone.localdate(version.raised_at))
    return _kept[key]


def public_version(request: HttpRequest) -> PublicVersion:
    """The version this request answers from, read at most once per request."""
    if not hasattr(request, "public_version"):
        request.public_version = PublicVersion.current()  # type: ignore[attr-defined]
    return request.public_version  # type: ignore[attr-defined]


def frame(request: HttpRequest) -> dict[str, object]:
    """Context processor; costs nothing where no template asks for it."""
    return {"frame": SimpleLazyObject(lambda: current_frame(public_version(request)))}


def _read(data_as_of: date) -> Frame:
    town = Town.objects.select_related("arms").defer("arms__content").first() or Town()
    return Frame(
        town=town.name,
        portal=town.portal_name or UNNAMED,
        office=town.office,
        street=town.street,
        city=f"{town.postal_code} {town.city}".strip(),
        email=town.email,
        phone=town.phone,
        arms_url=_of_arms("public_arms", town),
        icon_url=_of_arms("public_icon", town),
        is_example=town.is_example,
        data_as_of=data_as_of,
    )


def _of_arms(name: str, town: Town) -> str:
    """With a version, so that caches keep each picture and still show a new one at once; "" without arms."""
    return f"{reverse(name)}?v={town.arms.sha256[:8]}" if town.arms else ""
