"""The look of every control, made from a theme: a palette and one style sheet.

The style sheet sets no font, because such a rule would override the article's; fonts come from ``ui.fonts``.
"""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.icons import FOLDER
from ui.theme import Theme, blend

_SHEET = Template("""
QToolTip { color: $text; background: $field; border: 1px solid $outline; padding: 4px 6px; }
QWidget[ground="panel"], QAbstractScrollArea[ground="panel"] { background: $panel; }
QDialog#palette { background: $panel; border: 1px solid $outline; }
QLabel { background: transparent; }
QLabel[tone="secondary"] { color: $text2; }
QLabel[tone="tertiary"] { color: $text3; }
QLabel[tone="error"] { color: $delete; }
QLabel[tone="good"] { color: $insert; }
QLabel[badge="true"] { color: $text2; background: $badge; border-radius: 8px; padding: 1px 9px; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit {
    color: $text; background: $field; border: 1px solid $outline; border-radius: 6px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit { min-height: 28px; max-height: 28px; padding: 0 8px; }
QComboBox { padding: 0 0 0 10px; }
QPlainTextEdit { padding: 2px 6px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $text3; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus {
    border: 2px solid $accent; padding: 0 7px;
}
QComboBox:focus { padding: 0 0 0 9px; }
QPlainTextEdit:focus { padding: 1px 5px; }
QLineEdit[refused="true"], QPlainTextEdit[refused="true"], QComboBox[refused="true"] { border: 2px solid $delete; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: transparent; border-color: $border; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
    color: $text2; background: transparent; border-color: $border;
}
QComboBox[unset="true"] { color: $text3; }
QComboBox[flat="true"] { border-color: transparent; background: transparent; min-height: 22px; max-height: 22px; }
QComboBox[flat="true"]:hover { border-color: $outline; background: $field; }
QComboBox[flat="true"]:focus { border: 2px solid $accent; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url("$icons/arrow-neutral.svg"); width: 16px; height: 16px; }
QSpinBox, QDoubleSpinBox { padding: 0 24px 0 8px; }
QSpinBox:focus, QDoubleSpinBox:focus { padding: 0 23px 0 7px; }
QAbstractSpinBox > QLineEdit, QAbstractSpinBox > QLineEdit:focus {
    border: none; background: transparent; padding: 0; min-height: 20px; max-height: 24px;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: padding; width: 20px; height: 13px; border: none; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url("$icons/arrow-up-neutral.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$icons/arrow-neutral.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    color: $text; background: $field; border: 1px solid $outline; outline: none; padding: 4px;
    selection-background-color: $selected; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 4px; }
QListView#suggestions {
    color: $text; background: $field; border: 1px solid $outline; border-radius: 6px; outline: none; padding: 4px;
}
QListView#suggestions::item { min-height: 26px; padding: 0 6px; border-radius: 4px; color: $text; }
QListView#suggestions::item:hover { background: $hover; }
QListView#suggestions::item:disabled { background: transparent; color: $text3; }
QListView#suggestions::item:selected { background: $selected; color: $text; }

QPushButton {
    color: $text; background: $field; border: 1px solid $outline; border-radius: 6px;
    min-height: 28px; max-height: 28px; padding: 0 11px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selected; }
QPushButton:focus { border: 2px solid $accent; padding: 0 10px; }
QPushButton:disabled { color: $text3; border-color: $border; background: transparent; }
QPushButton[primary="true"], QPushButton:default {
    color: $on_accent; background: $accent; border-color: $accent;
}
QPushButton[primary="true"] { padding: 0 13px; }
QPushButton[primary="true"]:hover, QPushButton:default:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton:default:focus { border: 2px solid $text; padding: 0 10px; }
QPushButton[primary="true"]:focus { border: 2px solid $text; padding: 0 12px; }
QPushButton[primary="true"]:disabled, QPushButton:default:disabled {
    color: $text3; border-color: $border; background: transparent;
}
QPushButton[step="true"] { text-align: left; }
QPushButton[link="true"] {
    color: $text2; background: transparent; border: 1px solid transparent; padding: 0; text-align: left;
    min-height: 24px; max-height: 24px;
}
QPushButton[link="true"]:hover { color: $text; }
QPushButton[link="true"]:focus { color: $accent; border-bottom: 2px solid $accent; }

QToolButton {
    color: $text; background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px;
}
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selected; }
QToolButton:focus { border: 2px solid $accent; padding: 3px; }
QToolButton::menu-indicator { image: none; }

QWidget#segments { background: $badge; border-radius: 7px; }
QPushButton[segment="true"] {
    color: $text2; background: transparent; border: 1px solid transparent; border-radius: 5px;
    min-height: 22px; max-height: 22px; padding: 0 8px;
}
QPushButton[narrow="true"] { padding: 0 3px; }
QPushButton[narrow="true"]:focus { padding: 0 2px; }
QPushButton[narrow="true"]:checked { background: $selected; border-color: $accent; }
QPushButton[segment="true"]:hover { color: $text; }
QPushButton[segment="true"]:checked { color: $text; background: $field; border-color: $border; }
QPushButton[segment="true"]:focus { border: 2px solid $accent; padding: 0 7px; }

QCheckBox { color: $text; background: transparent; spacing: 7px; min-height: 28px; }
QCheckBox::indicator, QListView::indicator {
    width: 14px; height: 14px; border: 1px solid $outline; border-radius: 4px; background: $field;
}
QCheckBox::indicator:checked, QListView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$icons/checked-$name.svg");
}
QCheckBox::indicator:indeterminate, QListView::indicator:indeterminate {
    border-color: $accent;
    background: qlineargradient(
        x1: 0, y1: 0, x2: 0, y2: 1, stop: 0.42 $field, stop: 0.43 $accent, stop: 0.57 $accent, stop: 0.58 $field
    );
}
QRadioButton { color: $text; spacing: 7px; }
QRadioButton:focus { color: $accent; }
QRadioButton:disabled { color: $text3; }
QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $outline; border-radius: 8px; background: $field;
}
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; background: $on_accent; }
QRadioButton::indicator:disabled { border-color: $border; }
QCheckBox::indicator:disabled, QListView::indicator:disabled { border-color: $border; }
QCheckBox:focus { color: $accent; }
QCheckBox::indicator:focus { border: 2px solid $accent; width: 12px; height: 12px; }

QRadioButton { color: $text; background: transparent; spacing: 7px; min-height: 28px; }
QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $outline; border-radius: 8px; background: $field;
}
QRadioButton::indicator:checked {
    border: 5px solid $accent; width: 6px; height: 6px; background: $on_accent;
}
QRadioButton::indicator:disabled { border-color: $border; }
QRadioButton:focus { color: $accent; }
QTextBrowser { color: $text; background: $page; border: 1px solid $border; border-radius: 6px; }

QTableView, QListView, QTreeView {
    color: $text; background: $panel; border: none; outline: none;
    selection-background-color: $selected; selection-color: $text; gridline-color: $border;
}
ExpandingTable { selection-background-color: transparent; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section {
    color: $text2; background: $panel; border: none; border-bottom: 1px solid $border; padding: 0 8px; min-height: 27px;
}
QHeaderView::section:first { padding-left: 16px; }
ValueList QHeaderView::section, ValueList QHeaderView::section:first { padding: 0 3px; }
QTableWidget QHeaderView::section:first { padding-left: 8px; }
QTableWidget::item { padding: 0 5px; }
QTreeView::item { padding: 0; }
QTreeView::item:selected { color: $text; background: $selected; }
QProgressBar {
    color: transparent; background: $badge; border: none; border-radius: 3px; min-height: 6px; max-height: 6px;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QTableView QLineEdit, QTableView QComboBox, QTreeView QLineEdit { border-radius: 4px; }

QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $handle; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $outline; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QFrame#between { background: $border; border: none; }
QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $outline; }

QMenuBar { color: $text; background: $panel; border-bottom: 1px solid $border; padding: 1px 8px; }
QMenuBar::item { background: transparent; border-radius: 5px; padding: 4px 9px; }
QMenuBar::item:selected { background: $hover; }
QMenu { color: $text; background: $field; border: 1px solid $outline; padding: 5px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $border; margin: 5px 8px; }
QStatusBar { color: $text2; background: $panel; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QStatusBar QLabel { padding: 0 6px; }
QStatusBar QToolButton { color: $text2; padding: 1px 6px; }
QStatusBar QToolButton[tone="error"] { color: $delete; }
QSplitter::handle:horizontal { width: 1px; }

QTextEdit#article, QTextEdit#corrected_article {
    color: $text; background: $page; border: none; selection-background-color: $accent; selection-color: $on_accent;
}
QFrame#tools, QFrame#find { background: $panel; border: none; border-bottom: 1px solid $border; }
QFrame#group { background: $badge; border-radius: 7px; }
QFrame#group QToolButton { min-height: 18px; padding: 2px 7px; border-radius: 5px; }
QFrame#group QToolButton:hover { background: $field; }
QFrame#group QToolButton:focus { padding: 1px 6px; }
QToolButton#zoom { color: $text2; }
QFrame#drop { background: $accent; border: none; }
QFrame#banner { background: $selected; border: none; border-bottom: 1px solid $border; }
QFrame#banner[grave="true"] { background: $grave; border-bottom: 1px solid $delete; }
QFrame#frozen { background: $badge; border: none; border-bottom: 1px solid $border; }
QFrame#prompt { background: $field; border: 1px solid $outline; border-radius: 8px; }
QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar::tab { color: $text2; background: transparent; padding: 5px 12px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; }
QDialog { background: $panel; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
QLabel[tone="heading"] { color: $text; font-weight: 600; padding-top: 10px; }
""")


def palette(theme: Theme) -> QPalette:
    """Qt's colours for ``theme``, for everything that the style sheet does not name."""
    colours = {
        QPalette.ColorRole.Window: theme.panel,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.field,
        QPalette.ColorRole.AlternateBase: theme.hover,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.delete,
        QPalette.ColorRole.ToolTipBase: theme.field,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.text3,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.LinkVisited: theme.accent,
        QPalette.ColorRole.Accent: theme.accent,
        QPalette.ColorRole.Light: theme.field,
        QPalette.ColorRole.Midlight: theme.border,
        QPalette.ColorRole.Mid: theme.border,
        QPalette.ColorRole.Dark: theme.outline,
        QPalette.ColorRole.Shadow: theme.outline,
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.text3))
    return made


def stylesheet(theme: Theme) -> str:
    """The style sheet for ``theme``."""
    return _SHEET.substitute(
        name=theme.name,
        page=theme.page,
        text=theme.text,
        text2=theme.text2,
        text3=theme.text3,
        accent=theme.accent,
        accent_hover=blend(theme.text, 0.12, theme.accent),
        on_accent=theme.on_accent,
        insert=theme.insert,
        delete=theme.delete,
        grave=blend(theme.delete, 0.12, theme.panel),
        border=theme.border,
        outline=theme.outline,
        field=theme.field,
        hover=theme.hover,
        selected=theme.selected,
        panel=theme.panel,
        badge=blend(theme.text2, 0.12, theme.panel),
        handle=blend(theme.text2, 0.35, theme.panel),
        icons=FOLDER.as_posix(),
    )


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole application in ``theme``."""
    app.setPalette(palette(theme))
    app.setStyleSheet(stylesheet(theme))
