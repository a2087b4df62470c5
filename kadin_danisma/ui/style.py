"""The look, named once: colours, spacing, radii and type sizes (pure data, no Qt).

The style sheet, the palette, painted parts and charts read these names and nothing else.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

#: Spacing steps, in pixels: tiny, small, medium, large, wide, page.
TINY, SMALL, MEDIUM, LARGE, WIDE, PAGE = 4, 8, 12, 18, 24, 32
#: The smallest window the pages are made for (an office PC shows 1366x768).
SMALLEST = (1024, 640)
RADIUS_CONTROL = 8
RADIUS_CARD = 12
#: Type sizes at 100 %, in pixels.
TYPE_NOTE, TYPE_BODY, TYPE_STRONG, TYPE_TITLE, TYPE_HERO = 12, 14, 15, 24, 28
FONT_FAMILY = "Noto Sans"
#: The text sizes a person may choose, in per cent.
TEXT_SIZES = (100, 125, 150, 175, 200)


class Tone(StrEnum):
    """What a pill or a banner means; the word on it says so too."""

    OK = "ok"
    INFO = "info"
    WARN = "warn"
    DANGER = "danger"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, by what they are for."""

    name: str
    #: Page, card and field, side bar.
    bg: str
    surface: str
    sunk: str
    #: Text, secondary text, hairlines, borders of fields (at least 3:1).
    ink: str
    muted: str
    line: str
    border: str
    #: The one primary action, and where you are.
    accent: str
    accent_strong: str
    on_accent: str
    accent_soft: str
    #: Somebody may be hurt; overdue.
    danger: str
    danger_soft: str
    #: Soon.
    warn: str
    warn_soft: str
    #: Done.
    ok: str
    ok_soft: str
    #: A neutral state.
    info: str
    info_soft: str

    def tone(self, tone: Tone) -> tuple[str, str]:
        """Return the text colour and the soft ground of a tone."""
        if tone is Tone.NEUTRAL:
            return self.muted, self.sunk
        return getattr(self, tone), getattr(self, f"{tone}_soft")

    def names(self) -> dict[str, str]:
        """Return all colours by name."""
        return {part.name: getattr(self, part.name) for part in fields(self)}


LIGHT = Theme(
    name="light",
    bg="#F6F4F8",
    surface="#FFFFFF",
    sunk="#EFECF3",
    ink="#221D28",
    muted="#655D6E",
    line="#DFD9E6",
    border="#877F93",
    accent="#65468A",
    accent_strong="#553A76",
    on_accent="#FFFFFF",
    accent_soft="#EDE6F5",
    danger="#A8201A",
    danger_soft="#FCE9E7",
    warn="#7A5200",
    warn_soft="#FFF1D6",
    ok="#22613F",
    ok_soft="#E2F2E9",
    info="#24557F",
    info_soft="#E4EEF7",
)
DARK = Theme(
    name="dark",
    bg="#17151B",
    surface="#211E27",
    sunk="#1B1820",
    ink="#ECE7F1",
    muted="#A79FB1",
    line="#3A3443",
    border="#807890",
    accent="#C4A6E6",
    accent_strong="#D2BAEE",
    on_accent="#221530",
    accent_soft="#352B45",
    danger="#FFB4AB",
    danger_soft="#43211F",
    warn="#F0C46B",
    warn_soft="#3D2F13",
    ok="#8FD3AE",
    ok_soft="#1D3629",
    info="#9CC7EE",
    info_soft="#1C3044",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}

#: Which text stands on which ground; a test measures every pair (WCAG 2.2, 1.4.3: at least 4.5:1).
TEXT_PAIRS = (
    ("ink", "bg"), ("ink", "surface"), ("ink", "sunk"), ("ink", "accent_soft"),
    ("muted", "bg"), ("muted", "surface"), ("muted", "sunk"), ("muted", "accent_soft"),
    ("accent", "surface"), ("accent", "bg"), ("accent", "sunk"), ("accent", "accent_soft"),
    ("on_accent", "accent"), ("on_accent", "accent_strong"),
    ("danger", "danger_soft"), ("danger", "surface"), ("danger", "bg"), ("ink", "danger_soft"),
    ("warn", "warn_soft"), ("ink", "warn_soft"), ("ok", "ok_soft"), ("ok", "surface"),
    ("info", "info_soft"), ("ink", "info_soft"),
)  # fmt: skip
#: Borders that tell where a control is (WCAG 2.2, 1.4.11: at least 3:1).
BORDER_PAIRS = (
    ("border", "surface"), ("border", "bg"), ("border", "sunk"),
    ("accent", "surface"), ("accent", "bg"), ("danger", "surface"),
)  # fmt: skip


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours ``#RRGGBB`` (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
