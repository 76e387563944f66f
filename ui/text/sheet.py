"""One text on the screen, with its marks, in one look: what a view reads and paints from."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPalette, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from ui.text.document import DisplayMap
from ui.text.layout import ArticleLayout, lay_out
from ui.text.marks import Legend, Mark
from ui.text.painter import ArticlePainter
from ui.text.scene import Scene
from ui.text.scrolling import Place, Scrolling
from ui.text.typography import Reading, Typography
from ui.theme import Theme


class Sheet(QTextEdit):
    """A read-only text edit with the article's own layout and painting. It knows no hands: neither keys nor mouse."""

    scene: Scene

    def __init__(self, legend: Legend, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._legend = legend
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Article text")
        self._theme = theme
        self._typography = Typography()
        self._slim = False
        self._spotlight: tuple[int, int] | None = None
        self._document: QTextDocument | None = None
        self.article_layout: ArticleLayout
        self.scrolling = Scrolling(self, self)
        self.load(DisplayMap(""), ())
        self.set_theme(theme)

    def load(self, display: DisplayMap, marks: Iterable[Mark]) -> None:
        """Show this text from its start, with these marks."""
        self.scrolling.stop()
        if (old := self._document) is not None:
            self.article_layout.retire()
        scene = Scene(self._theme, display, self._typography, self._legend)
        scene.slim, scene.spotlight = self._slim, self._spotlight
        scene.index.load(marks)
        document, layout = lay_out(scene, self, self.scrolling.begin_to_keep)
        layout.set_width(self._room())
        layout.moved.connect(self.scrolling.keep)
        layout.shifted.connect(self.viewport().update)
        painter = ArticlePainter(layout, scene)
        layout.paint = painter.paint
        self._document = document
        self.scene, self.article_layout, self._painter = scene, layout, painter
        self.setDocument(document)
        self.verticalScrollBar().setValue(0)
        if old is not None:
            old.deleteLater()

    def caret(self) -> int:
        """The source offset of the caret."""
        return self.scene.map.offset(self.textCursor().position())

    def to_document(self, point: QPointF) -> QPointF:
        """A point of the viewport in the document's coordinates."""
        return QPointF(point.x(), point.y() + self.verticalScrollBar().value())

    # ---- look

    def set_theme(self, theme: Theme) -> None:
        """Paint in this theme from now on."""
        self._theme = self.scene.theme = theme
        self._painter = ArticlePainter(self.article_layout, self.scene)
        self.article_layout.paint = self._painter.paint
        palette = self.palette()
        for role, colour in (
            (QPalette.ColorRole.Base, theme.page),
            (QPalette.ColorRole.Text, theme.text),
            (QPalette.ColorRole.Highlight, theme.accent),
            (QPalette.ColorRole.HighlightedText, theme.on_accent),
        ):
            palette.setColor(role, colour)
        self.setPalette(palette)
        self.viewport().update()

    def zoom(self) -> float:
        """The magnification, 1.0 unless changed."""
        return self._typography.zoom

    def set_zoom(self, factor: float) -> None:
        """Magnify text and distances (0.5 … 4), keeping the place."""
        if (factor := max(0.5, min(4.0, factor))) != self._typography.zoom:
            self._set(Typography(factor, self._typography.reading))

    def reading(self) -> Reading:
        """The font, size, spacing and measure of the article."""
        return self._typography.reading

    def set_reading(self, reading: Reading) -> None:
        """Show the article in this font, size, spacing and measure, keeping the place."""
        if reading != self._typography.reading:
            self._set(Typography(self._typography.zoom, reading))

    def place_to_keep(self) -> Place | None:
        """What stays where it is when the text is set anew: the caret's line, if it shows, else the first one."""
        top = self.scrolling.top()
        return (top and self.scrolling.place_of(self.caret())) or top

    def _room(self) -> int:
        """The width for the layout, always beside a scroll bar: one that comes and goes breaks no line otherwise.

        Else such lines could send it away again, and bring it back, for ever.
        """
        if self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            return self.width()
        return self.width() - self.verticalScrollBar().sizeHint().width()

    def _set(self, typography: Typography) -> None:
        place = self.place_to_keep()
        self._typography = self.scene.typography = typography
        self.article_layout.restyle(self._room())
        self.scrolling.restore(place)
        self.viewport().update()

    def set_slim(self, *, on: bool) -> None:
        """Give the gutter less room, with no numbers in it, keeping the place."""
        if on != self._slim:
            place = self.place_to_keep()
            self._slim = self.scene.slim = on
            self.article_layout.restyle(self._room())
            self.scrolling.restore(place)

    def set_spotlight(self, lit: tuple[int, int] | None) -> None:
        """Dim all paragraphs but those of this source range and of the selected mark; None: dim nothing."""
        if lit != self._spotlight:
            self._spotlight = self.scene.spotlight = lit
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        reflows = self.article_layout.would_reflow(self._room())
        top = self.scrolling.top() if reflows else None
        self.article_layout.set_width(self._room())
        super().resizeEvent(event)
        if top is not None:
            self.scrolling.restore(top)
        self.viewport().update()
