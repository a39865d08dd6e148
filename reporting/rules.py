"""Pure rules of the cycle: which state follows which, and how a snapshot's code is made."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that a reader could take for another or for a digit."""

FOLLOWS: dict[str, frozenset[str]] = {
    "COLLECTING": frozenset({"FROZEN"}),
    "FROZEN": frozenset({"FROZEN", "RETURNED", "RELEASED"}),
    "RETURNED": frozenset({"FROZEN"}),
    "RELEASED": frozenset({"FROZEN"}),
}
"""Back to FROZEN leads a correction, which is a new Fassung; from RETURNED also that the return is withdrawn."""


def may_follow(before: str, after: str) -> bool:
    return after in FOLLOWS[before]


def code_of(year: int, half: int, sha256: str) -> str:
    """As 26H2-7K4Q-93FT: period, then the first 40 bits of the hash."""
    bits = int(sha256[:10], 16)
    signs = "".join(ALPHABET[bits >> shift & 31] for shift in range(35, -1, -5))
    return f"{year % 100:02d}H{half}-{signs[:4]}-{signs[4:]}"


def expected_pages(measures: int) -> int:
    """Two profiles, 25 rows of the overview and about 20 milestones to a page."""
    return 8 + measures // 2 + measures // 25 + measures // 20


def progress_of(pages: int, expected: int) -> int:
    """Percent of a rendering after so many pages laid out; writing the file is the rest from 85 on."""
    return min(85, 5 + pages * 80 // max(1, expected))
