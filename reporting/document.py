"""Payload → HTML → PDF. The same code writes draft and final."""

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO

import segno
from django.conf import settings
from django.template.loader import render_to_string

from ground.documents import Asset, Pdf, fonts, to_pdf
from ground.halfyears import HalfYear
from ground.models import Town
from reporting.context import document
from reporting.models import Snapshot
from reporting.payload import Payload, Proof, sha256, to_json

TEMPLATE_VERSION = 5
"""To be raised with each change of templates/report/; stored files are never written anew."""

SHIELD = Asset(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48">'
    b'<path d="M2.5 2.5h35V27c0 9.5-8.2 14.7-17.5 18.2C10.7 41.7 2.5 36.5 2.5 27Z"'
    b' fill="#f0f3fb" stroke="#131525" stroke-width="1.5"/>'
    b'<path d="M9 31.5c3.7-3 7.3-3 11 0s7.3 3 11 0M9 25.5c3.7-3 7.3-3 11 0s7.3 3 11 0"'
    b' fill="none" stroke="#2044aa" stroke-width="2.2"/>'
    b'<path d="M11 19V9.5h3.600v3h3.600v-3h3.600v3h3.600v-3H29V19Z" fill="#2044aa"/></svg>',
    "image/svg+xml",
)
"""Stands where the town has entered no arms."""


def proof_of(snapshot: Snapshot) -> Proof:
    return Proof(
        code=snapshot.code,
        sha256=snapshot.sha256,
        frozen_at=snapshot.frozen_at,
        schema_version=snapshot.schema_version,
        template_version=snapshot.template_version,
    )


def arms_of_today() -> Asset | None:
    """For a draft; a Fassung keeps the arms of its day."""
    arms = Town.objects.values_list("arms__content", "arms__media_type").exclude(arms=None).first()
    return Asset(bytes(arms[0]), arms[1]) if arms else None


def write_html(told: Payload, proof: Proof | None) -> str:
    """The document's markup; its pictures, fonts and style sheets are the assets of `assets_of`."""
    return render_to_string("report/document.html", {"doc": document(told, proof)})


def assets_of(told: Payload, arms: Asset | None) -> dict[str, Asset]:
    return {
        **fonts(settings.BUILD_DIR / "fonts"),
        "report.css": _sheet("report.css"),
        "draft.css": _sheet("draft.css"),
        "arms": arms or SHIELD,
        "qr": _qr(told.address),
    }


def write_pdf(
    told: Payload, proof: Proof | None, *, arms: Asset | None, on_page: Callable[[int], None] | None = None
) -> Pdf:
    """A draft where there is no proof. The same bytes for the same payload, proof and arms."""
    return to_pdf(
        write_html(told, proof),
        assets=assets_of(told, arms),
        identifier=sha256(to_json(told))[:32],
        on_page=on_page,
    )


def file_name(told: Payload) -> str:
    """statusbericht-2026-h2-rat.pdf; from the second Fassung on with its number"""
    edition = {"COUNCIL": "rat", "PUBLIC": "oeffentlichkeit", "CONFIDENTIAL_ANNEX": "nichtoeffentliche-anlage"}
    fassung = f"-fassung-{told.fassung}" if told.fassung > 1 else ""
    return f"statusbericht-{HalfYear(told.year, told.half).slug}-{edition[told.kind]}{fassung}.pdf"


@lru_cache
def _bars() -> str:
    return "\n".join(
        f".fill-{percent}{{background:linear-gradient(90deg,#454b6b {percent}%,#fff {percent}%)}}"
        for percent in range(1, 101)
    )


def _sheet(name: str) -> Asset:
    text = (settings.BASE_DIR / "templates/report" / name).read_text()
    return Asset(f"{text}\n{_bars() if name == 'report.css' else ''}".encode(), "text/css; charset=utf-8")


def _qr(address: str) -> Asset:
    drawing = BytesIO()
    segno.make(address, error="m").save(drawing, kind="svg", xmldecl=False, border=0, dark="#131525")
    return Asset(drawing.getvalue(), "image/svg+xml")
