"""Disclosure control over everything published in a calendar year (docs/decisions/0025)."""
