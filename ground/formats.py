"""German formats, applied when a page's row is made. Spaces inside a figure never break (U+00A0)."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
NBSP = "\u00a0"
MINUS = "\u2212"

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
NUMBER_WORDS = (
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
)


def day(value: date) -> str:
    """22.11.2026"""
    return f"{value.day:02d}.{value.month:02d}.{value.year:04d}"


def short_day(value: date) -> str:
    """30.11., where the year stands elsewhere"""
    return f"{value.day:02d}.{value.month:02d}."


def month(value: date) -> str:
    """November 2026"""
    return f"{MONTHS[value.month - 1]}{NBSP}{value.year}"


def long_day(value: date) -> str:
    """8. Dezember 2026"""
    return f"{value.day}.{NBSP}{month(value)}"


def weekday_day(value: date) -> str:
    """Dienstag, 8. Dezember 2026"""
    return f"{WEEKDAYS[value.weekday()]}, {long_day(value)}"


def clock(value: datetime, zone: tzinfo = BERLIN) -> str:
    """18:30 Uhr"""
    return f"{value.astimezone(zone):%H:%M}{NBSP}Uhr"


def moment(value: datetime, zone: tzinfo = BERLIN) -> str:
    """22.11.2026, 18:30 Uhr"""
    return f"{day(value.astimezone(zone).date())}, {clock(value, zone)}"


def weekday_moment(value: datetime, zone: tzinfo = BERLIN) -> str:
    """Dienstag, 08.12.2026, 18:30 Uhr"""
    local = value.astimezone(zone).date()
    return f"{WEEKDAYS[local.weekday()]}, {moment(value, zone)}"


def in_words(value: object) -> str:
    """A field's value where its kind is not known: – for nothing, ja or nein, an amount, a day, a moment, its words."""
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Decimal):
        return euro(value).removesuffix(f"{NBSP}€")
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else str(value)


def relative(value: date, today: date) -> str:
    """vor 3 Tagen, gestern, heute, morgen, in 8 Tagen; from two months on in months, from two years on in years"""
    days = (value - today).days
    if days in (-1, 0, 1):
        return {-1: "gestern", 0: "heute", 1: "morgen"}[days]
    amount, noun = _span(abs(days))
    return f"vor {amount}{NBSP}{noun}" if days < 0 else f"in {amount}{NBSP}{noun}"


def _span(days: int) -> tuple[int, str]:
    if days < 60:
        return days, "Tagen"
    if days < 730:
        return round(days / 30.44), "Monaten"
    return round(days / 365.25), "Jahren"


def number_word(count: int) -> str:
    """null to zwölf in words, beyond in figures"""
    return NUMBER_WORDS[count] if 0 <= count < len(NUMBER_WORDS) else whole(count)


def counted(count: int, singular: str, plural: str, article: str = "eine") -> str:
    """eine Maßnahme, elf Maßnahmen, 24 Maßnahmen"""
    return f"{article} {singular}" if count == 1 else f"{'keine' if count == 0 else number_word(count)} {plural}"


def share(count: int, total: int, plural: str) -> str:
    """elf von 24 Maßnahmen"""
    return f"{'eine' if count == 1 else number_word(count)} von {whole(total)} {plural}"


def sentence_start(text: str) -> str:
    """First letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def whole(value: int) -> str:
    """12.345"""
    return f"{value:,}".replace(",", ".").replace("-", MINUS)


def signed(value: int) -> str:
    """+120, −6, 0"""
    return f"+{whole(value)}" if value > 0 else whole(value)


def percent(value: int) -> str:
    """50 %"""
    return f"{whole(value)}{NBSP}%"


def days_moved(days: int) -> str:
    """+120 Tage, +1 Tag, −6 Tage, 0 Tage"""
    return f"{signed(days)}{NBSP}{'Tag' if abs(days) == 1 else 'Tage'}"


def slipped(times: int, days: int, forward: int = 0) -> str:
    """2× verschoben, +120 Tage; 2× verschoben, 1× vorgezogen, +90 Tage; 1× vorgezogen, −6 Tage; "" for what stands"""
    said = [f"{count}× {word}" for count, word in ((times, "verschoben"), (forward, "vorgezogen")) if count]
    return ", ".join([*said, days_moved(days)]) if said else ""


def times_word(count: int) -> str:
    """einmal, zweimal, zwölfmal, 13-mal"""
    if count == 1:
        return "einmal"
    return f"{number_word(count)}mal" if count < len(NUMBER_WORDS) else f"{whole(count)}-mal"


def behind(days: int | None, times: int, moved: int) -> str:
    """–, 0, +44, +44 (1×), 0 (1×, +181): days behind the resolved or promised end, how often it was moved, and by how
    many days where that differs"""
    if days is None:
        return "–"
    if not times:
        return signed(days)
    further = f", {signed(moved)}" if moved != days else ""
    return f"{signed(days)}{NBSP}({times}×{further})"


def file_size(size: int) -> str:
    """96 KB, 1,4 MB; from bytes, in steps of 1,000 as browsers and this portal's users count"""
    if size < 1000:
        return f"{size}{NBSP}Byte"
    if size < 999_500:
        return f"{round(size / 1000)}{NBSP}KB"
    return f"{size / 1_000_000:.1f}".replace(".", ",") + f"{NBSP}MB"


def leads_to(url: str) -> str:
    """Link zu www.stadt.example"""
    return f"Link zu {urlsplit(url).hostname or url}"


def listed(words: Sequence[str]) -> str:
    """a, b und c"""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} und {words[-1]}"


def euro(value: Decimal) -> str:
    """15.000,00 €, −6,50 €"""
    figure = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{figure.replace('-', MINUS)}{NBSP}€"


def euro_or_dash(value: Decimal | None) -> str:
    """– where nothing was stated, which is not the same as nothing."""
    return "–" if value is None else euro(value)


def euro_round(value: Decimal) -> str:
    """15.000 €, and 21.260,50 € where there are cents"""
    return euro(value).replace(",00", "")


def figure(value: Decimal) -> str:
    """1.250, 62,5"""
    plain = f"{value:,.2f}".rstrip("0").rstrip(".")
    return plain.translate(str.maketrans(",.", ".,")).replace("-", MINUS)
