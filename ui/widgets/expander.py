"""A table of which one row can be open: the row grows, and a form stands in it below the row's own cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from ui.widgets.row_heights import RowHeights

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def press_focused(area: QWidget) -> None:
    """Press the button of ``area`` that has the focus, if one has."""
    button = QApplication.focusWidget()
    if isinstance(button, QPushButton | QToolButton) and area.isAncestorOf(button):
        button.click()


class Drawer(QWidget):
    """What opens in a row. It keeps its keys to itself, so that typing never moves the list behind it.

    Enter presses the button that has the focus.
    """

    escaped = Signal()
    resized = Signal()
    """The drawer wants another height."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in _ENTER:
            press_focused(self)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Another height may be wanted whenever something in the drawer comes, goes or grows."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return done

    def has_focus(self) -> bool:
        """Whether the keyboard is in one of its fields."""
        field = QApplication.focusWidget()
        return field is not None and self.isAncestorOf(field)

    def wanted_height(self, width: int) -> int:
        """The height for that width, in pixels."""
        layout = self.layout()
        if layout is None:
            return self.sizeHint().height()
        for part in reversed(self.findChildren(QWidget)):  # the innermost first: each tells the one around it
            inner = part.layout()
            if inner is not None and not part.isHidden():
                inner.activate()
        layout.activate()
        if layout.hasHeightForWidth():
            return max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
        return layout.totalSizeHint().height()


class ExpandingTable(QTableView):
    """``row_height(row, width)`` gives the height of a closed row; an open one has the drawer's height besides.

    The drawer is one widget, used again for every row, so that stepping through a list builds nothing.
    """

    escaped = Signal()
    opened = Signal(QModelIndex)
    """Enter or F2 on a row (where the cell is not edited in place)."""

    delete_pressed = Signal(QModelIndex)
    """Delete on a row."""
    left = Signal()
    """The drawer closes while the keyboard is in it: somebody else should take it."""
    fitted = Signal()
    """The open row may have another height, or there is none now."""
    width_changed = Signal(int)
    """The rows have another width: time to share it out among the columns."""

    def __init__(self, drawer: Drawer, row_height: Callable[[int, int], int]) -> None:
        super().__init__()
        self.drawer = drawer
        self._row_height = row_height
        self._open = QPersistentModelIndex()
        self._margins = (0, 0, 0)
        self._width = -1
        self._held = False
        self.marking = False
        """True while the table moves its mark by itself, which is not the user's choice."""
        self.pressing = False
        """True while a press or a drag of the mouse chooses rows."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(24)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.heights = RowHeights(self, self._height_of)
        self.heights.changed.connect(self._place)
        drawer.setParent(self.viewport())
        drawer.hide()
        drawer.resized.connect(self._fit_open)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            # To paint a title Qt would ask every row whether its whole column is selected; here rows are.
            self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
            model.modelReset.connect(self._reset)
            model.rowsInserted.connect(self._inserted)
            model.rowsRemoved.connect(self._removed)
            model.layoutChanged.connect(self.fit)

    def set_margins(self, left: int, right: int, bottom: int) -> None:
        """The room between the drawer and the row's edges."""
        self._margins = (left, right, bottom)

    def cell_editor(self) -> QWidget | None:
        """The editor of the cell that is being edited in place (its object name is ``cell``)."""
        editors = self.viewport().findChildren(QWidget, "cell")
        return next((editor for editor in reversed(editors) if editor.isVisible()), None)

    # -- opening ------------------------------------------------------------------------------------------------

    @property
    def open_row(self) -> int:
        """The open row, or -1."""
        return self._open.row() if self._open.isValid() else -1

    def open(self, row: int) -> None:
        """Open that row and close the one that was open; -1 closes."""
        before = self.open_row
        self._open = QPersistentModelIndex(self.model().index(row, 0)) if row >= 0 else QPersistentModelIndex()
        if before >= 0 and before != row:
            self._fit_row(before)
        self._fit_open()

    def _fit_open(self) -> None:
        if self.open_row >= 0:
            self._fit_row(self.open_row)
        self._place()
        if not self._held:
            self.fitted.emit()

    @property
    def open_height(self) -> int:
        """The height of the open row with its drawer, in pixels; 0 when none is open."""
        return self.rowHeight(self.open_row) if self.open_row >= 0 else 0

    # -- heights ------------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Give every row its height (the column has another width, or the rows have other contents)."""
        self.heights.fit()
        self._place()

    def fit_rows(self, first: int, last: int) -> None:
        self.heights.measure(first, last + 1)
        self._place()

    def _height_of(self, row: int) -> int:
        height = self._row_height(row, self.viewport().width())
        return height + self._drawer_height() + self._margins[2] if row == self.open_row else height

    def _fit_row(self, row: int) -> None:
        self.heights.measure(row, row + 1)

    def _drawer_height(self) -> int:
        left, right, _ = self._margins
        return self.drawer.wanted_height(self.viewport().width() - left - right)

    def _reset(self) -> None:
        self._open = QPersistentModelIndex()
        self.heights.reset()
        self._place()
        self.fitted.emit()

    def _inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self.heights.insert(first, last)
        self._place()

    def _removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        self.heights.remove(first, last)
        self.heights.settle()
        self._place()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Leave the drawer where it is while rows change; its record may turn up in another row."""
        self._held = True
        try:
            yield
        finally:
            self._held = False

    def place(self) -> None:
        """Put the drawer where its row is now, at the height it needs now, or hide it when there is none."""
        self._fit_open()

    def _place(self) -> None:
        if self._held:
            return
        if not self._open.isValid():
            if self.drawer.isVisibleTo(self.viewport()):
                if self.drawer.has_focus():
                    self.left.emit()  # first: Qt would hand the focus of a hidden field to whatever comes next
                if (field := QApplication.focusWidget()) is not None and self.drawer.isAncestorOf(field):
                    field.clearFocus()
                self.drawer.hide()
            return
        row, width = self._open.row(), self.viewport().width()
        left, right, bottom = self._margins
        top = self.rowViewportPosition(row) + self._row_height(row, width)
        height = self.rowHeight(row) - self._row_height(row, width) - bottom
        self.drawer.setGeometry(QRect(left, top, width - left - right, height))
        self.drawer.show()

    def updateEditorGeometries(self) -> None:
        super().updateEditorGeometries()
        self._place()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.heights.settle()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._width and self.model() is not None:
            self._width = self.viewport().width()
            self.width_changed.emit(self._width)
            self.fit()
        else:
            self.heights.settle()

    def reveal(self, row: int) -> None:
        """Scroll as little as is needed to see the row, or its top when it is taller than the panel."""
        self.heights.surround(row)
        self.updateGeometries()  # the scroll bar may not know yet that the row has grown
        self.scrollTo(self.model().index(row, 0), QAbstractItemView.ScrollHint.EnsureVisible)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scroll so that the field of the drawer that got the focus can be seen."""
        if now is not None and self.drawer.isAncestorOf(now):
            self._reveal_in_drawer(now)

    def _reveal_in_drawer(self, widget: QWidget) -> None:
        self.updateGeometries()  # the scroll bar may not know yet that the row has grown
        top = widget.mapTo(self.viewport(), widget.rect().topLeft()).y()
        bottom = top + widget.height()
        bar = self.verticalScrollBar()
        if top < 4:
            bar.setValue(bar.value() + top - 4)
        elif bottom > self.viewport().height() - 4:
            bar.setValue(bar.value() + bottom - self.viewport().height() + 4)

    # -- mouse --------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressing = True
        super().mousePressEvent(event)
        self.pressing = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pressing = True
        super().mouseMoveEvent(event)
        self.pressing = False

    # -- keys ---------------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by key sees where: the ring is on the current row, or else on the first."""
        by_key = event.reason() != Qt.FocusReason.MouseFocusReason
        if by_key and not self.currentIndex().isValid() and self.model().rowCount():
            self.marking = True
            first = self.model().index(0, 0)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.marking = False
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # what the cell's editor passed on is not for the rows
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in _ENTER and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.delete_pressed.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
