"""First names that people in Turkey give: what somebody would try who looks for a child."""

from pathlib import Path

FIRST_NAMES = tuple(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split())
