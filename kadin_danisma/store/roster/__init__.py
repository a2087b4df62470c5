"""The roster: who is who, as a chain of signed statements (docs/decisions/0037)."""
