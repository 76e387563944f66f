"""Every command of the window, declared once: it makes the menus, the context menu and the shortcut sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

SEPARATOR = ""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``where`` is ``window`` (works anywhere) or ``article`` (only while the article has the focus)."""

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    where: str = "window"
    context: bool = False
    """Whether the article's context menu offers it."""
    hint: str = ""
    writes: bool = False
    """Whether it changes the project, so that a read-only project disables it."""


COMMANDS: tuple[Command, ...] = (
    Command("new_project", "New Project…", "File", ("Ctrl+N",)),
    Command("open_project", "Open Project…", "File", ("Ctrl+O",)),
    Command("open_sample", "Open the Sample Project", "File", hint="The labelled example article"),
    Command("start_fresh", "Start Fresh", "File", hint="A new project with the example article, unlabelled"),
    Command("import_files", "Import Articles…", "File", ("Ctrl+I",), writes=True),
    Command("article_details", "Article Details…", "File", ("Ctrl+D",), hint="Title, date, outlet, blocks"),
    Command("export", "Export Dataset…", "File", ("Ctrl+E",)),
    Command("quit", "Quit", "File", ("Ctrl+Q",)),
    Command("undo", "Undo", "Edit", ("Ctrl+Z",), writes=True),
    Command("redo", "Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), writes=True),
    Command("delete", "Delete Annotation", "Edit", ("Delete", "Backspace"), "article", context=True, writes=True),
    Command("copy", "Copy Text", "Edit", ("Ctrl+C",), "article", context=True),
    Command("deselect", "Deselect", "Edit", ("Escape",), "article"),
    Command("find", "Find in This Article", "Edit", ("Ctrl+F",)),
    Command("find_next", "Find Next", "Edit", ("F3",)),
    Command("find_previous", "Find Previous", "Edit", ("Shift+F3",)),
    Command("find_all", "Find in All Articles…", "Edit", ("Ctrl+Shift+F",)),
    Command("annotator_name", "Annotator’s Name…", "Edit", hint="Who is named in new annotations"),
    Command("toggle_view", "Source / Corrected Text", "View", ("V",), "article"),
    Command("next_article", "Next Article", "View", ("Ctrl+PgDown",)),
    Command("previous_article", "Previous Article", "View", ("Ctrl+PgUp",)),
    Command("filter_articles", "Filter Articles", "View", ("Ctrl+L",)),
    Command("focus_article", "Go to the Article", "View", ("F6",)),
    Command("focus_panel", "Go to the Selected Annotation’s Fields", "View", ("Return", "Enter"), "article"),
    Command("zoom_in", "Zoom In", "View", ("Ctrl++", "Ctrl+=")),
    Command("zoom_out", "Zoom Out", "View", ("Ctrl+-",)),
    Command("zoom_reset", "Normal Size", "View", ("Ctrl+0",)),
    Command("theme_system", "Theme: as the System", "View"),
    Command("theme_light", "Theme: Light", "View"),
    Command("theme_dark", "Theme: Dark", "View"),
    Command("mark_claim", "Mark Claim", "Annotate", ("C",), "article", context=True, writes=True),
    Command("mark_mention", "Mark Speaker Mention", "Annotate", ("S",), "article", context=True, writes=True),
    Command("mark_cue", "Mark Cue of the Claim", "Annotate", ("Q",), "article", context=True, writes=True),
    Command("set_source", "Source of the Claim…", "Annotate", ("A",), "article", context=True, writes=True),
    Command("correct", "Correct Text…", "Annotate", ("X",), "article", context=True, writes=True),
    Command("add_part", "Add Part", "Annotate", ("+", "="), "article", context=True, writes=True),
    Command("remove_part", "Remove Part", "Annotate", ("-",), "article", context=True, writes=True),
    Command("end_right", "End: a Word Later", "Annotate", ("]",), "article", writes=True),
    Command("end_left", "End: a Word Earlier", "Annotate", ("[",), "article", writes=True),
    Command("start_right", "Start: a Word Later", "Annotate", ("}", "Shift+]"), "article", writes=True),
    Command("start_left", "Start: a Word Earlier", "Annotate", ("{", "Shift+["), "article", writes=True),
    Command("next_claim", "Next Claim", "Annotate", ("N",), "article"),
    Command("previous_claim", "Previous Claim", "Annotate", ("P",), "article"),
    Command("shortcuts", "Keyboard Shortcuts", "Help", ("?", "F1")),
    Command("about", "About Article Annotator", "Help"),
)
_SEPARATED_BEFORE = {
    *("import_files", "quit", "delete", "find", "annotator_name", "next_article", "zoom_in", "theme_system"),
    *("add_part", "end_right", "next_claim"),
}


class Actions(QObject):
    """The window's QActions by command id."""

    def __init__(self, handlers: Mapping[str, Callable[[], None]], window: QWidget, article: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        for command in COMMANDS:
            self._actions[command.id] = self._make(command, handlers[command.id], window, article)

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def _make(self, command: Command, handler: Callable[[], None], window: QWidget, article: QWidget) -> QAction:
        action = QAction(command.text, self)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        if command.hint:
            action.setStatusTip(command.hint)
            action.setToolTip(command.hint)
        in_article = command.where == "article"
        scope = Qt.ShortcutContext.WidgetShortcut if in_article else Qt.ShortcutContext.WindowShortcut
        action.setShortcutContext(scope)
        (article if in_article else window).addAction(action)
        action.triggered.connect(lambda _=False: handler())
        return action

    def fill_menu_bar(self, bar: QMenuBar, submenus: Mapping[str, QMenu]) -> None:
        """Add every command to its menu. ``submenus`` go after the command of that id."""
        menus: dict[str, QMenu] = {}
        for command in COMMANDS:
            menu = menus.get(command.menu)
            if menu is None:
                menu = menus[command.menu] = bar.addMenu(command.menu)
            if command.id in _SEPARATED_BEFORE:
                menu.addSeparator()
            menu.addAction(self._actions[command.id])
            if command.id in submenus:
                menu.addMenu(submenus[command.id])

    def context_menu(self, parent: QWidget) -> QMenu:
        """The article's context menu."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in COMMANDS:
            if command.context:
                if command.id == "mark_claim":
                    menu.addSeparator()
                menu.addAction(self._actions[command.id])
        return menu

    def enable(self, command_ids: Iterable[str], on: bool) -> None:
        """Enable or disable commands."""
        for command_id in command_ids:
            self._actions[command_id].setEnabled(on)
