"""The fonts of a document's characters. The layout sets its own; Qt's accessible text measures characters by these."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

from ui.text.scene import Scene


def tell_fonts(document: QTextDocument, scene: Scene) -> None:
    """Give the characters of each block the font that its lines are set in."""
    body = scene.typography.body
    document.setDefaultFont(body.font)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for number, paragraph in enumerate(scene.map.paragraphs):
        style = scene.typography.style(paragraph.kind)
        if style is not body:
            block = document.findBlockByNumber(number)
            position = block.position()
            cursor.setPosition(position)
            cursor.setPosition(position + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
            form = QTextCharFormat()
            form.setFont(style.font)
            cursor.setCharFormat(form)
    cursor.endEditBlock()
