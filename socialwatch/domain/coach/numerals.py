"""Numerals: the Dutch words for 0 to 99, so that "drie weken" and "3 weken" are the same to whoever compares."""

_UNITS = ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]
_TEENS = ["tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"]
_TENS = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]


def _in_words(number: int) -> str:
    if number < 20:
        return (_UNITS + _TEENS)[number]
    tens, unit = divmod(number, 10)
    return f"{_UNITS[unit]}en{_TENS[tens - 2]}" if unit else _TENS[tens - 2]


IN_WORDS = tuple(_in_words(number) for number in range(100))
_VALUES = {word: number for number, word in enumerate(IN_WORDS)}


def value(word: str) -> int | None:
    """The value of "18", "achttien" or "tweeendertig", in a level text; None for any other word."""
    return int(word) if word.isdecimal() else _VALUES.get(word)
