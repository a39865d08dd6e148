from datetime import UTC, date, datetime

import pytest

from ground import formats

TODAY = date(2026, 11, 22)
EVENING = datetime(2026, 12, 8, 17, 30, tzinfo=UTC)
SUMMER_NIGHT = datetime(2026, 6, 30, 22, 15, tzinfo=UTC)


def plain(text):
    """A no-break space shown as ~, so that a table can say where it stands."""
    return text.replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("function", "value", "shown"),
    [
        (formats.day, date(2026, 11, 2), "02.11.2026"),
        (formats.short_day, date(2026, 11, 2), "02.11."),
        (formats.month, date(2027, 3, 31), "März~2027"),
        (formats.long_day, date(2026, 12, 8), "8.~Dezember~2026"),
        (formats.weekday_day, date(2026, 12, 8), "Dienstag, 8.~Dezember~2026"),
        (formats.clock, EVENING, "18:30~Uhr"),
        (formats.moment, EVENING, "08.12.2026, 18:30~Uhr"),
        (formats.moment, SUMMER_NIGHT, "01.07.2026, 00:15~Uhr"),
        (formats.weekday_moment, EVENING, "Dienstag, 08.12.2026, 18:30~Uhr"),
        (formats.number_word, 0, "null"),
        (formats.number_word, 12, "zwölf"),
        (formats.number_word, 13, "13"),
        (formats.number_word, 1300, "1.300"),
        (formats.whole, 1234567, "1.234.567"),
        (formats.whole, -1234, "−1.234"),
        (formats.signed, 120, "+120"),
        (formats.signed, 0, "0"),
        (formats.signed, -6, "−6"),
        (formats.percent, 50, "50~%"),
        (formats.days_moved, 120, "+120~Tage"),
        (formats.days_moved, 1, "+1~Tag"),
        (formats.days_moved, 0, "0~Tage"),
        (formats.days_moved, -6, "−6~Tage"),
        (formats.file_size, 12, "12~Byte"),
        (formats.file_size, 96_400, "96~KB"),
        (formats.file_size, 999_499, "999~KB"),
        (formats.file_size, 999_500, "1,0~MB"),
        (formats.file_size, 1_440_000, "1,4~MB"),
        (formats.listed, [], ""),
        (formats.listed, ["a"], "a"),
        (formats.listed, ["a", "b"], "a und b"),
        (formats.listed, ["a", "b", "c"], "a, b und c"),
        (formats.sentence_start, "elf von 24", "Elf von 24"),
        (formats.sentence_start, "", ""),
    ],
)
def test_a_value_is_shown_the_german_way(function, value, shown):
    assert plain(function(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 11, 22), "heute"),
        (date(2026, 11, 23), "morgen"),
        (date(2026, 11, 21), "gestern"),
        (date(2026, 11, 19), "vor 3~Tagen"),
        (date(2026, 11, 30), "in 8~Tagen"),
        (date(2026, 9, 24), "vor 59~Tagen"),
        (date(2026, 9, 22), "vor 2~Monaten"),
        (date(2025, 6, 26), "vor 17~Monaten"),
        (date(2024, 11, 22), "vor 2~Jahren"),
        (date(2029, 11, 22), "in 3~Jahren"),
    ],
)
def test_a_day_is_told_by_its_distance_from_today(value, shown):
    assert plain(formats.relative(value, TODAY)) == shown


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "keine Maßnahmen"), (1, "eine Maßnahme"), (11, "elf Maßnahmen"), (24, "24 Maßnahmen")]
)
def test_things_are_counted_in_words_up_to_twelve(count, shown):
    assert formats.counted(count, "Maßnahme", "Maßnahmen") == shown


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "null von 24 Maßnahmen"), (1, "eine von 24 Maßnahmen"), (11, "elf von 24 Maßnahmen")]
)
def test_a_share_names_part_and_whole(count, shown):
    assert formats.share(count, 24, "Maßnahmen") == shown


@pytest.mark.parametrize(
    ("times", "days", "forward", "shown"),
    [
        (2, 120, 0, "2× verschoben, +120~Tage"),
        (2, 90, 1, "2× verschoben, 1× vorgezogen, +90~Tage"),
        (0, -6, 1, "1× vorgezogen, −6~Tage"),
        (0, 0, 0, ""),
    ],
)
def test_slips_are_told_by_times_and_days(times, days, forward, shown):
    assert plain(formats.slipped(times, days, forward)) == shown


@pytest.mark.parametrize(("count", "shown"), [(1, "einmal"), (2, "zweimal"), (12, "zwölfmal"), (13, "13-mal")])
def test_how_often_is_told_in_words(count, shown):
    assert formats.times_word(count) == shown
