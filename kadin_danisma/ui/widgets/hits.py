"""A list of records whose note was found: where it stands, and the words around the hit."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import show_date
from kadin_danisma.domain.lists import CHANNEL, SERVICE
from kadin_danisma.domain.places import INSTITUTION
from kadin_danisma.domain.trust import trust_words
from kadin_danisma.domain.views import NoteLine, Snippet
from kadin_danisma.i18n import _
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.style import MEDIUM, TINY
from kadin_danisma.ui.widgets.safety import RevealButton
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.words import join, masked, shown_name

#: So many lines of a note are shown.
_SNIPPET_LINES = 2


def headline(line: NoteLine, *, named: bool) -> str:
    """Return where a hit stands: the file, the day and the record; the name only if asked for."""
    name = shown_name(line.name) if named else masked(line.name)
    return join(
        line.file_no or _("without a file"),
        name if line.client_id else "",
        show_date(line.date),
        _what(line),
        line.number,
        trust_words(line.trust),
    )


def _what(line: NoteLine) -> str:
    if line.kind is Kind.APPLICATION:
        return join(_("Application"), CHANNEL.label(line.service))
    if line.kind is Kind.REFERRAL:
        return join(_("Referral"), INSTITUTION.label(line.service))
    return SERVICE.label(line.service)


class HitTable(TableView[NoteLine]):
    """The records found, two lines of the note below each; Enter opens.

    Args:
        look: Where colours and sizes come from.
        names: Whether names are readable now.
    """

    def __init__(self, look: Look, names: RevealButton) -> None:
        self.hits: RecordModel[NoteLine] = RecordModel(
            [
                Column(
                    _("Record"),
                    lambda line: join(headline(line, named=names.shown), line.snippet.text),
                )
            ]
        )
        super().__init__(self.hits, look, _("Found in notes"))
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        delegate = _HitDelegate(look, self, names)
        self.setItemDelegate(delegate)
        self.verticalHeader().setDefaultSectionSize(delegate.height())
        names.shown_changed.connect(lambda _shown: self.hits.refresh())


class _HitDelegate(QStyledItemDelegate):
    """Paints the place of a hit in bold, and its snippet with the words that were looked for."""

    def __init__(self, look: Look, table: HitTable, names: RevealButton) -> None:
        super().__init__(table)
        self._look = look
        self._table = table
        self._names = names

    def height(self) -> int:
        """Return the height of a row in the font of the table."""
        lines = QFontMetrics(self._table.font()).lineSpacing() * (1 + _SNIPPET_LINES)
        return lines + TINY + 2 * MEDIUM

    def displayText(self, _value: object, _locale: object) -> str:
        """Return nothing: the words are painted here."""
        return ""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the ground of the row, the place, and the snippet below it."""
        super().paint(painter, option, index)
        line = self._table.hits.row_at(index)
        theme = self._look.theme
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        inside = option.rect.adjusted(MEDIUM, MEDIUM, -MEDIUM, -MEDIUM)
        bold = QFont(option.font)
        bold.setBold(True)
        painter.save()
        painter.setPen(QColor(theme.ink))
        painter.setFont(bold)
        words = headline(line, named=self._names.shown)
        elided = QFontMetrics(bold).elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
        top = QRect(inside.left(), inside.top(), inside.width(), QFontMetrics(bold).lineSpacing())
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
        painter.setPen(QColor(theme.muted))
        ground = theme.surface if chosen else theme.accent_soft
        place = QPointF(inside.left(), top.bottom() + TINY)
        marked = _marked(line.snippet, option.font, theme.accent, ground, inside.width())
        marked.draw(painter, place)
        painter.restore()


def _marked(snippet: Snippet, font: QFont, ink: str, ground: str, width: int) -> QTextLayout:
    """Return a snippet laid out in its lines, the words that were looked for standing out."""
    layout = QTextLayout(snippet.text, font)
    look = QTextCharFormat()
    look.setForeground(QColor(ink))
    look.setBackground(QColor(ground))
    look.setFontWeight(QFont.Weight.Bold)
    formats = []
    for start, end in snippet.marks:
        part = QTextLayout.FormatRange()
        part.start = _units(snippet.text[:start])
        part.length = _units(snippet.text[start:end])
        part.format = look
        formats.append(part)
    layout.setFormats(formats)
    layout.beginLayout()
    for number in range(_SNIPPET_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, number * QFontMetrics(font).lineSpacing()))
    layout.endLayout()
    return layout


def _units(text: str) -> int:
    """Return how many places a text takes in Qt, which counts in UTF-16."""
    return len(text.encode("utf-16-le")) // 2
