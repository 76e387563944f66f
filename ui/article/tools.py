"""The row of tools over the article: which text is shown, the marking tools, undo, size and theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from ui import icons
from ui.actions import Actions
from ui.theme import Theme
from ui.widgets.segmented import SegmentedButton

_TOOLS = (
    ("mark_claim", "Claim"),
    ("mark_mention", "Speaker"),
    ("mark_cue", "Cue"),
    ("set_source", "Source"),
    ("correct", "Correct"),
)
_MODES = (
    ("source", "Source text", "Text"),
    ("corrected", "Corrected", "Corrected"),
    ("both", "Side by side", "Both"),
)
_STEPS = 7
"""How far the row can shrink: long names, keys and size go first, then tools into a menu, then size and theme."""
_SHORT_MODES, _NO_KEYS, _NO_ZOOM, _MENU, _MENU_ALONE, _NO_THEME = range(1, _STEPS)


class ArticleTools(QFrame):
    """Each button is one of the window's actions; what the buttons of the modes choose is in ``mode_chosen``."""

    mode_chosen = Signal(str)
    theme_toggled = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self._icon_buttons: dict[QToolButton, str] = {}
        self._labelled: dict[QToolButton, tuple[str, QAction]] = {}
        self._widths: dict[int, int] = {}
        super().__init__(parent)
        self.setObjectName("tools")
        self._theme = theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(8)
        self.modes = SegmentedButton([(mode, text) for mode, text, _ in _MODES], "Which text is shown")
        self.modes.setToolTip("The text as it was imported, or as the corrections make it (V)")
        self.modes.chosen.connect(self.mode_chosen)
        self._row.addWidget(self.modes)
        self.zoom_label = QToolButton(self)
        self._menu = self._button("Mark ▾", "tool")
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.setAccessibleName("Mark words")

    def fill(self, actions: Actions) -> None:
        """Add the buttons of the window's actions."""
        for command_id, text in _TOOLS:
            button = self._button(text, "tool")
            action = actions[command_id]
            self._labelled[button] = (text, action)
            button.setAccessibleName(action.text())
            button.clicked.connect(action.trigger)
            action.changed.connect(self._follow_keys)
        self._tools = self._group(list(self._labelled))
        self._row.addWidget(self._tools)
        self._collapsed = self._group([self._menu])
        self._row.addWidget(self._collapsed)
        menu = QMenu(self._menu)
        menu.addActions([actions[command_id] for command_id, _ in _TOOLS])
        self._menu.setMenu(menu)
        self._row.addStretch(1)
        for command_id, icon in (("undo", "undo"), ("redo", "redo")):
            button = self._icon_button(icon, actions[command_id].text())
            button.setDefaultAction(actions[command_id])
            self._row.addWidget(button)
        self.zoom_label.setObjectName("zoom")
        self.zoom_label.setToolTip("Normal size (Ctrl+0)")
        self.zoom_label.clicked.connect(actions["zoom_reset"].trigger)
        self._row.addWidget(self.zoom_label)
        self._theme_button = self._icon_button("theme", "Light or dark")
        self._theme_button.clicked.connect(self.theme_toggled)
        self._row.addWidget(self._theme_button)
        self.set_theme(self._theme)
        self._follow_keys()

    def _group(self, buttons: list[QToolButton]) -> QFrame:
        frame = QFrame(self)
        frame.setObjectName("group")
        row = QHBoxLayout(frame)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for button in buttons:
            row.addWidget(button)
        return frame

    def _button(self, text: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _icon_button(self, icon: str, name: str) -> QToolButton:
        button = self._button("", "icon")
        button.setIconSize(QSize(18, 18))
        button.setAccessibleName(name)
        button.setToolTip(name)
        self._icon_buttons[button] = icon
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow column the tools say less; what is left out stays in menus, tooltips and for screen readers."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._widths.clear()
            self._fit()

    def _fit(self) -> None:
        if not self._labelled:
            return
        step = next((step for step in range(_STEPS) if self._needed(step) <= self.width()), _STEPS - 1)
        self._shrink(step)

    def _follow_keys(self) -> None:
        """Tell the keys that the tools have now: each can be chosen."""
        changed = False
        for button, (_, action) in self._labelled.items():
            key = _key(action)
            words = f"{action.text()} ({key})" if key else action.text()
            changed = changed or words != button.toolTip()
            button.setToolTip(words)
        if changed:
            self._widths.clear()
            self._fit()

    def _needed(self, step: int) -> int:
        """The width that the row needs at this step."""
        if step not in self._widths:
            self._shrink(step)
            for part in (self.modes, self._tools, self._collapsed):
                part.updateGeometry()  # else the row goes on with the sizes that it knows
            self._widths[step] = self._row.sizeHint().width()
        return self._widths[step]

    def _shrink(self, step: int) -> None:
        for button, (text, action) in self._labelled.items():
            button.setText(text if step >= _NO_KEYS else f"{text}  {_key(action)}".rstrip())
        for mode, text, short in _MODES:
            self.modes.button(mode).setText(short if step >= _SHORT_MODES else text)
        self._tools.setVisible(step < _MENU)
        self._collapsed.setVisible(step >= _MENU)
        self.zoom_label.setVisible(step not in (_NO_ZOOM, _MENU_ALONE, _NO_THEME))
        self._theme_button.setVisible(step < _NO_THEME)
        edge, between = (16, 8) if step < _NO_THEME else (8, 4)
        self._row.setContentsMargins(edge, 8, edge, 8)
        self._row.setSpacing(between)

    def show_mode(self, mode: str) -> None:
        """Show which text is on show."""
        self.modes.button(mode).setChecked(True)

    def show_zoom(self, percent: int) -> None:
        """Show how large the article's text is."""
        self.zoom_label.setText(f"{percent} %")
        self.zoom_label.setAccessibleName(f"Text size {percent} percent; press for normal size")

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        self._theme = theme
        names = {"theme": "sun" if theme.name == "dark" else "moon", "undo": "undo-2", "redo": "redo-2"}
        for button, icon in self._icon_buttons.items():
            drawing = icons.icon(names[icon], theme.text, theme.text3)
            button.setIcon(drawing)
            if (action := button.defaultAction()) is not None:
                action.setIcon(drawing)


def _key(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
