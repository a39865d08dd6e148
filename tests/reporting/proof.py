from datetime import UTC, datetime

from reporting.payload import Proof

PROOF = Proof(
    code="26H2-7K4Q-93FT",
    sha256="ab" * 32,
    frozen_at=datetime(2026, 11, 25, 17, 0, tzinfo=UTC),
    schema_version=1,
    template_version=1,
)
