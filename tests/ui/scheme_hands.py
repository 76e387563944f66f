"""What a person does in the dialog of the scheme, and two claims that have one of its values."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox
from shiboken6 import isValid

from annotator.services import annotate
from db.project import open_project
from ui.scheme.dialog import SchemeDialog
from ui.scheme.retire import RetireDialog
from ui.scheme.values import LABEL, USES


class SchemeHands:
    """Hands at the dialog, which is opened from the menu."""

    def __init__(self, hands):
        self.hands, self.qtbot, self.store = hands, hands.qtbot, hands.store
        hands.menu("Review", "Scheme")
        self.dialog = hands.window.findChild(SchemeDialog)
        self.qtbot.waitUntil(self.dialog.isActiveWindow)
        self.labels = self.dialog.labels

    def field(self, title):
        (item,) = self.labels.fields.findItems(title, Qt.MatchFlag.MatchExactly)
        rect = self.labels.fields.visualItemRect(item)
        QTest.mouseClick(self.labels.fields.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())

    def rows(self, column=LABEL):
        tree = self.labels.list
        return [tree.topLevelItem(row).text(column) for row in range(tree.topLevelItemCount())]

    def go(self, label, column=LABEL):
        tree = self.labels.list
        (item,) = tree.findItems(label, Qt.MatchFlag.MatchExactly, LABEL)
        rect = tree.visualRect(tree.indexFromItem(item, column))
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        return item

    def retire(self):
        self.hands.click(self.labels.retire)
        self.qtbot.waitUntil(lambda: self.dialog.findChild(RetireDialog) is not None)
        return self.dialog.findChild(RetireDialog)

    def edit(self, label, column, typed):
        self.go(label, column)
        QTest.keyClick(self.labels.list, Qt.Key.Key_Return)
        editor = next(e for e in self.labels.list.findChildren(QLineEdit) if e.isVisible())
        editor.selectAll()
        QTest.keyClicks(editor, typed)
        QTest.keyClick(editor, Qt.Key.Key_Return)

    def box(self):
        self.qtbot.waitUntil(lambda: any(b.isVisible() for b in self.dialog.findChildren(QMessageBox)))
        (box,) = [b for b in self.dialog.findChildren(QMessageBox) if b.isVisible()]
        return box

    def reply(self, verb):
        box = self.box()
        text = box.text()
        button = next(b for b in box.buttons() if b.text().replace("&", "") == verb)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: not isValid(box))
        return text

    def term(self, vocabulary, value):
        return self.store.workspace.vocabulary.get(vocabulary, value)

    def saved(self):
        return self.qtbot.waitSignal(self.store.saved)

    def counted(self):
        self.qtbot.waitUntil(lambda: "…" not in "".join(self.rows(USES)))


def with_two_claims(hands) -> SchemeHands:
    """Two claims, in two articles, of the type ``causal``."""
    for row in (0, 1):
        id_ = hands.store.tally.ordered()[row].article.id
        if hands.ws.article.id != id_:
            with hands.qtbot.waitSignal(hands.store.article_opened):
                hands.store.open_article(id_)
        edit = annotate.mark_claim(hands.ws, [(0, 6)], hands.store.author)
        with hands.qtbot.waitSignal(hands.store.saved):
            hands.store.edit(edit)
            hands.store.edit(annotate.change(hands.ws, edit.changes[0].id, type="causal"))
    return SchemeHands(hands)


def types(project_path):
    """What is stored as the type of each claim."""
    stored = open_project(str(project_path), "read")
    try:
        return [claim.type for document in stored.documents() for claim in document.claims]
    finally:
        stored.close()
