"""The dialog of a release: the wish, whether the project is ready, how far it is, and what was made."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.release.choosing import Readiness
from ui.release.form import ReleaseForm
from ui.widgets import bits
from ui.widgets.editors import set_opened_by
from ui.widgets.screen import resize_to_screen

_NOTHING = " Set articles to done first: a release holds nothing else."


class ReleaseDialog(QDialog):
    """Two pages: the wish, then the report. ``build`` asks to make it; ``left`` tells that it is closed or stopped."""

    build = Signal()
    go_to_first = Signal()
    open_folder = Signal()
    left = Signal()

    def __init__(self, form: ReleaseForm, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Build a release")
        set_opened_by(self, "release")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = form
        self._working, self._ready = False, False
        self.state, self.refusal = _words(), _words()
        self.state.setText("Looking through the project …")
        self.state.setAccessibleName("Whether it can be built")
        self.refusal.setProperty("tone", "error")
        self.first = bits.button("&Go to the First", self.go_to_first.emit)
        self.first.hide()
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName("How far it is")
        self.report = QPlainTextEdit(self)
        self.report.setReadOnly(True)
        self.report.setAccessibleName("What was made")
        self.pages = QStackedWidget(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.folder_button = self.buttons.addButton("Open &Folder", QDialogButtonBox.ButtonRole.ActionRole)
        self.folder_button.hide()
        self.go = self.buttons.addButton("&Build", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        self._lay_out()
        self._connect()
        self._follow()
        form.lines["name"].setFocus()
        self.setMinimumSize(form.minimumSizeHint().width() + 48, 320)  # nothing has to be scrolled sideways
        resize_to_screen(self, 640, 660)

    def _lay_out(self) -> None:
        area = QScrollArea(self)
        area.setWidget(self.form)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pages.addWidget(area)
        self.pages.addWidget(self.report)
        line = QHBoxLayout()
        line.addWidget(self.state, 1)
        line.addWidget(self.first)
        column = QVBoxLayout(self)
        column.addWidget(self.pages, 1)
        column.addLayout(line)
        for widget in (self.refusal, self.bar, self.buttons):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.form.edited.connect(self._follow)
        self.buttons.accepted.connect(self.build)
        self.buttons.rejected.connect(self.reject)
        self.folder_button.clicked.connect(self.open_folder)

    def _follow(self) -> None:
        """Say what the fields lack."""
        try:
            self.form.wish()
            told = "" if self.form.out.text().strip() else "It needs a new folder."
        except ValueError as error:
            told = f"{str(error)[:1].upper()}{str(error)[1:]}."
        self.refuse(told)
        self.go.setEnabled(self._ready and not told and not self._working)

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be; "" nothing is against it."""
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def advance(self, done: int, total: int) -> None:
        """How far the work is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def show_readiness(self, found: Readiness) -> None:
        """The line of the check: how much is done, and what blocks."""
        self.bar.hide()
        self._ready = found.done > 0 and not found.obstacles
        first = next((each for each in found.obstacles if each.article_id is not None), None)
        told = f"\n{found.obstacles[0].message}" if found.obstacles else "" if found.done else _NOTHING
        self.state.setText(f"{found}{told}")
        self.first.setVisible(first is not None)
        self._follow()

    def start(self) -> None:
        """It is being built."""
        self._set_working(working=True)
        self.refuse("")
        self.bar.setRange(0, 0)
        self.bar.show()
        self.state.setText("Building …")
        self.cancel.setText("Stop")
        self.cancel.setFocus()

    def stopped(self, sentence: str) -> None:
        """It was not built: why."""
        self._set_working(working=False)
        self.bar.hide()
        self.cancel.setText("Cancel")
        self.state.setText("")
        self.refuse(sentence)

    def finish(self, report: str) -> None:
        """It was built: what was made."""
        self._working = False
        self.bar.hide()
        self.report.setPlainText(report)
        self.pages.setCurrentWidget(self.report)
        self.state.setText("")
        self.go.hide()
        self.folder_button.show()
        self.cancel.setText("Close")
        self.folder_button.setFocus()

    def _set_working(self, *, working: bool) -> None:
        self._working = working
        self.form.setEnabled(not working)
        self.go.setEnabled(not working)
        self.first.setVisible(False)

    def reject(self) -> None:
        """Stop what is being built, else close."""
        self.left.emit()
        if self._working:
            self.state.setText("Stopping …")
        else:
            super().reject()


def _words() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
