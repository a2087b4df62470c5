"""The trade in plain Python: records, code lists, rules and Turkish text."""
