"""The look in force: puts theme, text size, fonts and words of Qt onto the application."""

from string import Template

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from kadin_danisma.paths import resources_folder
from kadin_danisma.ui import style
from kadin_danisma.ui.style import DARK, LIGHT, THEMES, Theme

#: Icons are drawn this much larger than asked for, to stay sharp on dense screens.
_DENSITY = 3
#: In place of a theme's name: whatever the system prefers.
SYSTEM = "system"
#: Bold words are a face of their own: painting them from the regular one would smear them.
_FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")


class Look(QObject):
    """Theme and text size of the person at the desk.

    Args:
        app: The application that wears it.
        theme: ``light`` or ``dark``; what the system prefers when nothing is said.
        percent: The text size, 100 to 200.
    """

    def __init__(self, app: QApplication, theme: str | None = None, percent: int = 100) -> None:
        super().__init__()
        self._app = app
        load_fonts()
        app.setStyle("Fusion")
        self.theme = THEMES[theme or _system_theme()]
        self.percent = percent
        self.wear(self.theme.name, percent)

    def wear(self, theme: str, percent: int) -> None:
        """Put another theme or text size on; open windows follow at once.

        Args:
            theme: ``light``, ``dark``, or SYSTEM for what the system prefers now.
            percent: The text size; held between 100 and 200.
        """
        self.theme = THEMES[_system_theme() if theme == SYSTEM else theme]
        self.percent = max(style.TEXT_SIZES[0], min(style.TEXT_SIZES[-1], percent))
        font = QFont(style.FONT_FAMILY)
        font.setPixelSize(self.px(style.TYPE_BODY))
        self._app.setFont(font)
        self._app.setPalette(palette(self.theme))
        self._app.setStyleSheet(style_sheet(self.theme, self.percent))
        self._app.setWindowIcon(QIcon(str(resources_folder() / "icons" / "kadin-danisma.svg")))

    def px(self, size: int) -> int:
        """Return a measure at the text size in force."""
        return scaled(size, self.percent)

    def icon(self, name: str, colour: str = "ink", size: int = 18) -> QIcon:
        """Return a line icon in a colour of the theme.

        Args:
            name: The file name in resources/icons without its ending.
            colour: A colour's name in ``style.Theme``.
            size: Its edge at 100 %.
        """
        return QIcon(self.pixmap(name, colour, size))

    def pixmap(self, name: str, colour: str = "ink", size: int = 18) -> QPixmap:
        """Return a line icon as a picture; arguments as for ``icon``."""
        source = (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        tinted = source.replace("currentColor", getattr(self.theme, colour))
        edge = self.px(size) * _DENSITY
        picture = QPixmap(edge, edge)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(tinted.encode())).render(painter, QRectF(0, 0, edge, edge))
        painter.end()
        picture.setDevicePixelRatio(_DENSITY)
        return picture


def scaled(size: int, percent: int) -> int:
    """Return a measure at a text size, in whole pixels."""
    return round(size * percent / 100)


def load_fonts() -> None:
    """Make the shipped font known to Qt, so that no letter depends on the system."""
    if style.FONT_FAMILY in QFontDatabase.families() and _shipped_face_loaded():
        return
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(resources_folder() / "fonts" / name))


def _shipped_face_loaded() -> bool:
    return {"Regular", "Bold"} <= set(QFontDatabase.styles(style.FONT_FAMILY))


def style_sheet(theme: Theme, percent: int) -> str:
    """Return the style sheet of a theme at a text size."""
    template = (resources_folder() / "style.qss").read_text(encoding="utf-8")
    return Template(template).substitute(
        theme.names(),
        family=style.FONT_FAMILY,
        note=scaled(style.TYPE_NOTE, percent),
        body=scaled(style.TYPE_BODY, percent),
        strong=scaled(style.TYPE_STRONG, percent),
        title=scaled(style.TYPE_TITLE, percent),
        hero=scaled(style.TYPE_HERO, percent),
        control=style.RADIUS_CONTROL,
        card=style.RADIUS_CARD,
        # Qt draws square corners where a radius exceeds half the height of the label.
        pill=int(9.7 * percent / 100),
        line_height=scaled(20, percent),
        mark=scaled(16, percent),
        half_mark=scaled(16, percent) // 2 + 1,
        icons=(resources_folder() / "icons").as_posix(),
    )


def palette(theme: Theme) -> QPalette:
    """Return the palette of a theme, for what the style sheet leaves to Qt."""
    colours = QPalette()
    group = QPalette.ColorGroup
    role = QPalette.ColorRole
    for part, name in (
        (role.Window, "bg"), (role.WindowText, "ink"), (role.Base, "surface"),
        (role.AlternateBase, "sunk"), (role.Text, "ink"), (role.Button, "surface"),
        (role.ButtonText, "ink"), (role.Highlight, "accent"), (role.HighlightedText, "on_accent"),
        (role.PlaceholderText, "muted"), (role.ToolTipBase, "ink"), (role.ToolTipText, "bg"),
        (role.Link, "accent"), (role.Mid, "border"), (role.Dark, "border"), (role.Light, "line"),
        (role.BrightText, "danger"), (role.Accent, "accent"),
    ):  # fmt: skip
        colours.setColor(part, QColor(getattr(theme, name)))
    for part in (role.WindowText, role.Text, role.ButtonText):
        colours.setColor(group.Disabled, part, QColor(theme.muted))
    return colours


def _system_theme() -> str:
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return (DARK if dark else LIGHT).name
