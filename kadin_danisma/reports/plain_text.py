"""Text that leaves in a spreadsheet stays text, whatever it looks like."""

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula (contract.md section 2)."""
    return f"'{text}" if text.startswith(_STARTS) else text
