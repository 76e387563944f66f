"""The user's settings, declared in one table and kept in an INI file. What belongs to a project lives there."""

from __future__ import annotations

import getpass
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QObject, QSettings, Signal

APP = "article-annotator"
_WHOLE = re.compile("-?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its key in the file, its default and thereby its type, and what it is for."""

    key: str
    default: Any
    meaning: str


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "annotator"


SETTINGS = {
    s.key: s
    for s in (
        Setting("annotator", "", "Who is named in new annotations; empty: the login name."),
        Setting("theme", "system", "system, light or dark."),
        Setting("zoom", 100, "Size of the article's text in percent."),
        Setting("view", "source", "What the article shows: source, corrected or both."),
        Setting("claims", "cards", "How the claims are shown: cards or table."),
        Setting("motion", "system", "Whether the article moves smoothly: system, smooth or reduced."),
        Setting("reading", {}, "Font, size, line spacing and measure of the article, where they are not the usual."),
        Setting("last_project", "", "The project to open when none is named."),
        Setting("recent_projects", [], "Projects for the Open Recent menu, newest first."),
        Setting("last_articles", {}, "Project location to the id of the article shown last."),
        Setting("places", {}, "Article id to where its caret was left."),
        Setting("last_folder", "", "Where the file dialogs begin."),
        Setting("import_folder", "", "Where those of an import begin."),
        Setting("export_format", "jsonl", "The format of the last export."),
        Setting("keys", {}, "Command id to the keys that the user chose for it."),
        Setting("paper", {}, "Size and orientation of printed pages, and whether a legend follows."),
        Setting("table_columns", {}, "Headers of a table, joined by tabs, to which of its columns is what."),
        Setting(
            "mappings", {}, "A set of labels of another tool, by its key, to the mapping file that says what they mean."
        ),
        Setting("geometry", b"", "Place and size of the window."),
        Setting("columns", [], "Widths of the three columns in pixels."),
        Setting("panels", [], "Heights of the three panels in pixels."),
        Setting("measure_time", False, "Whether it is measured how long somebody works on an article."),
        Setting("more_fields", False, "Whether an open claim shows all its fields."),
        Setting("hops", False, "Whether an open claim shows its sources one by one."),
    )
}


class Settings(QObject):
    """Reads and writes settings by their declared keys. ``changed`` carries the key."""

    changed = Signal(str)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        file = path or Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.ini"
        self._settings = QSettings(str(file), QSettings.Format.IniFormat, self)

    def get(self, key: str) -> Any:
        """The value, of the default's type; the default when the file holds none or something else."""
        default = SETTINGS[key].default
        value: Any = self._settings.value(key, default)
        if isinstance(default, bool):
            return value in (True, "true", 1, "1")
        if isinstance(default, int):
            return int(value) if _WHOLE.fullmatch(str(value)) else default
        if isinstance(default, bytes):
            return bytes(value.data()) if hasattr(value, "data") else value or default
        if isinstance(default, list):
            return list(value) if isinstance(value, list | tuple) else ([value] if value else [])
        return value if isinstance(value, type(default)) else default

    def sizes(self, key: str, count: int) -> list[int]:
        """A list of so many lengths in pixels; empty when the file holds anything else."""
        found = [int(n) for n in self.get(key) if _WHOLE.fullmatch(str(n))]
        return found if len(found) == count and min(found) >= 0 else []

    def set(self, key: str, value: object) -> None:
        """Store a value; listeners hear of it when it differs."""
        if value != self.get(key):
            self._settings.setValue(SETTINGS[key].key, value)
            self.changed.emit(key)

    def sync(self) -> None:
        """Write the file now."""
        self._settings.sync()

    @property
    def annotator(self) -> str:
        """Who is named in new annotations."""
        return str(self.get("annotator")) or _user()

    @property
    def folder(self) -> Path:
        """Where the file dialogs begin: where one was used last."""
        return Path(str(self.get("last_folder")) or Path.home())

    @property
    def import_folder(self) -> Path:
        """The same of an import, whose files lie elsewhere: what is written must not end up among them."""
        return Path(str(self.get("import_folder")) or self.folder)


def data_folder() -> Path:
    """Where the sample project is put."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False))
