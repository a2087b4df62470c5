"""Turkish telephone numbers: one stored form, one way to show them (domain.md 6.3)."""

import re

#: The area code of İzmir, for old records with seven digits.
LOCAL_AREA = "232"
#: A number of another country: its code does not begin with 0, and it has at most 15 figures.
_ABROAD = re.compile(r"\+[1-9][0-9]{7,14}", re.ASCII)
_IGNORED = re.compile(r"[\s()\-./\u00a0]")


def normalise(text: str, area: str = LOCAL_AREA) -> str | None:
    """Return the number as +90 and ten digits, or None where it is not a Turkish number.

    Args:
        text: What was typed: ``0532 123 45 67``, ``+90 532 ...``, or seven digits of the time
            before area codes.
        area: The area code to put before seven digits.
    """
    digits = _IGNORED.sub("", text)
    digits = digits.removeprefix("+90") if digits.startswith("+90") else digits
    if not digits.isascii() or not digits.isdigit():
        return None
    if len(digits) == 14 and digits.startswith("0090"):
        digits = digits[4:]
    elif len(digits) == 12 and digits.startswith("90"):
        digits = digits[2:]
    elif len(digits) == 11 and digits.startswith("0"):
        digits = digits[1:]
    if len(digits) == 7 and digits[0] not in "01" and not digits.startswith("444"):
        digits = area + digits
    if len(digits) == 7 and digits.startswith("444"):
        return "+90" + digits
    return "+90" + digits if len(digits) == 10 and digits[0] in "2345689" else None


def stored_form(text: str) -> str | None:
    """Return a number as it is stored, also one of another country, or None where it is none.

    Args:
        text: What was typed: a Turkish number, or ``+49 30 ...`` (also ``0049 30 ...``).
    """
    if (turkish := normalise(text)) is not None:
        return turkish
    digits = _IGNORED.sub("", text)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    return digits if _ABROAD.fullmatch(digits) and not digits.startswith("+90") else None


def display(stored: str) -> str:
    """Return a stored number in the form people read: ``0532 123 45 67``; other text unchanged."""
    digits = stored.removeprefix("+90")
    if not stored.startswith("+90") or not digits.isdigit():
        return stored
    if len(digits) == 7:
        return f"{digits[:3]} {digits[3:5]} {digits[5:]}"
    return f"0{digits[:3]} {digits[3:6]} {digits[6:8]} {digits[8:]}"
