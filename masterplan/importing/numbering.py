"""Which measure a row means, and the codes of fields of action that the list brings with it."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain, product
from string import ascii_uppercase

SMALL_WORDS = {
    "und",
    "der",
    "die",
    "das",
    "des",
    "dem",
    "den",
    "für",
    "von",
    "mit",
    "in",
    "im",
    "zu",
    "zur",
    "zum",
    "am",
}


def code_for(title: str, *, given: Collection[str], taken: Collection[str]) -> str:
    """Two to four capitals: the code that the list itself uses most, else made from the title; never one taken.

    „Umwelt und Klima“ becomes UK, „Mobilität“ MO.
    """
    wanted = [code for code, _ in Counter(given).most_common()]
    return next(code for code in chain(wanted, _codes_from(title)) if code not in taken)


def _codes_from(title: str) -> Iterator[str]:
    words = [word for word in re.findall(r"[a-zäöüß]+", title.lower()) if word not in SMALL_WORDS and len(word) > 1]
    letters = "".join(words).replace("ß", "ss").upper()
    initials = "".join(word[0] for word in words).upper()
    if len(initials) > 1 and "ß" not in initials:
        yield initials[:4]
        yield initials[:2]
    for length in (2, 3, 4):
        if len(letters) >= length:
            yield letters[:length]
    for letter in letters[1:]:
        yield letters[0] + letter
    yield "HF"
    for parts in product(ascii_uppercase, repeat=4):
        yield "".join(parts)
