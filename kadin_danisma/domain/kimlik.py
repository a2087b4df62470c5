"""The check digits of a T.C. kimlik no (also of a foreigner's number), and nothing more.

The number carries no birth date, sex or place, and nothing is derived from it (domain.md 6.2).
"""


def is_valid(number: str) -> bool:
    """Tell whether the text is eleven ASCII digits whose two check digits are right."""
    if len(number) != 11 or not number.isascii() or not number.isdigit() or number[0] == "0":
        return False
    digits = [int(digit) for digit in number]
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return digits[9] == tenth and digits[10] == sum(digits[:10]) % 10
