"""The named colours of paper and charts; the window's light and dark have the same names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as ``#RRGGBB``, named as in the window's style."""

    surface: str
    ink: str
    muted: str
    line: str
    accent: str
    accent_soft: str


LIGHT = Theme(
    surface="#FFFFFF",
    ink="#221D28",
    muted="#655D6E",
    line="#DFD9E6",
    accent="#65468A",
    accent_soft="#EDE6F5",
)
DARK = Theme(
    surface="#211E27",
    ink="#ECE7F1",
    muted="#A79FB1",
    line="#3A3443",
    accent="#C4A6E6",
    accent_soft="#352B45",
)
PAPER = LIGHT
