"""Shows Markdown that somebody else may have written: nothing is loaded, and no link is followed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextDocument, QTextFormat
from PySide6.QtWidgets import QTextBrowser, QWidget

from ui.fonts import ui_font

_MARGIN = 16
_LINE_PERCENT = 128
_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class MarkdownPage(QTextBrowser):
    """Read-only; HTML in the text is shown as it is written. ``anchorClicked`` tells of a link, and that is all."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: str | None = None
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(_MARGIN)
        self.document().setDefaultFont(ui_font(13))

    def show_markdown(self, text: str) -> None:
        """Show ``text``; the same one again changes nothing."""
        if text == self._shown:
            return
        self._shown = text
        at = self.verticalScrollBar().value()
        self.document().setMarkdown(text, _FEATURES)
        self._space()
        self.unselect()
        self.verticalScrollBar().setValue(at)

    def reveal(self, heading: str) -> bool:
        """Bring the heading of the second level that reads so to the top; whether there is one."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == 2 and block.text() == heading:
                self._scroll_to(block)
                return True
            block = block.next()
        return False

    def find_next(self, words: str, *, backwards: bool = False) -> bool:
        """Select the next place of ``words``, from the start again after the last; whether there is one."""
        flags = QTextDocument.FindFlag.FindBackward if backwards else QTextDocument.FindFlag(0)
        if self.find(words, flags):
            return True
        place = self.textCursor()
        place.setPosition(self.document().characterCount() - 1 if backwards else 0)
        self.setTextCursor(place)
        return self.find(words, flags)

    def unselect(self) -> None:
        """Select nothing; the next search begins at the top."""
        place = self.textCursor()
        place.setPosition(0)
        self.setTextCursor(place)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Nothing: neither images nor style sheets, from nowhere."""
        return None

    def _space(self) -> None:
        """Air between lines and above headings, which are not much larger than the text."""
        place = self.textCursor()
        block = self.document().begin()
        while block.isValid():
            shape, level = block.blockFormat(), block.blockFormat().headingLevel()
            shape.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            shape.setTopMargin((18 if level else 4) if block.blockNumber() else 0)
            shape.setBottomMargin(4)
            place.setPosition(block.position())
            place.setBlockFormat(shape)
            if level:
                letters = QTextCharFormat()
                letters.setProperty(QTextFormat.Property.FontSizeAdjustment, max(0, 3 - level))
                place.setPosition(block.position() + block.length() - 1, place.MoveMode.KeepAnchor)
                place.mergeCharFormat(letters)
            block = block.next()

    def _scroll_to(self, block: QTextBlock) -> None:
        top = self.document().documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(round(top - _MARGIN / 2))
