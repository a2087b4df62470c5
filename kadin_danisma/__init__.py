"""Kadın Danışma: the daily program of a municipal women's counselling centre."""

__version__ = "0.1.0"
