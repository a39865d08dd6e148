"""What `benchmarks.reports` times; to be imported once Django is set up."""

import time
from collections.abc import Callable
from datetime import date

from weasyprint import HTML

from ground.documents.pdf import _Assets
from reporting.compare import changes
from reporting.document import assets_of, write_html, write_pdf
from reporting.payload import Payload, from_json, to_json
from tests.reporting.payloads import a_measure, a_milestone, a_payload, moved
from tests.reporting.proof import PROOF

RUNS = 3


def example(count: int) -> Payload:
    """Every second measure was postponed since the report before."""
    before = [
        a_measure(
            number=f"BS-{serial:02d}",
            title=f"Leistung {serial} mit einem Konto erledigen",
            teaser="Bürgerinnen und Bürger erledigen diese Leistung mit einem Konto und bezahlen sofort.",
            resolved_end=date(2026, 12, 31),
            milestones=tuple(a_milestone(f"Schritt {step}", planned=date(2026, 8, step + 1)) for step in range(4)),
        )
        for serial in range(1, count + 1)
    ]
    after = [moved(one, date(2027, 3, 31), status="AT_RISK") if at % 2 else one for at, one in enumerate(before)]
    told = a_payload(*after)
    return from_json(to_json(a_payload(*after, changes=changes(a_payload(*before), told))))


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def measured(count: int) -> tuple[float, float]:
    """Least processor seconds of ours (stored text to PDF) and of WeasyPrint alone."""
    text = to_json(example(count))
    told = from_json(text)
    html, assets = write_html(told, PROOF), assets_of(told, None)

    def ours() -> bytes:
        return write_pdf(from_json(text), PROOF, arms=None).content

    def alone() -> bytes:
        return HTML(string=html, url_fetcher=_Assets(assets)).write_pdf(pdf_variant="pdf/ua-1", cache={})

    pairs = [(seconds(ours), seconds(alone)) for _ in range(RUNS if count < 400 else 1)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def write_one(count: int) -> None:
    write_pdf(example(count), PROOF, arms=None)
