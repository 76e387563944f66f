"""Theme, text size and way of reading: which are wanted, and telling everyone when that changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyle

from ui import style
from ui.actions import Actions
from ui.settings import Settings
from ui.text.typography import Reading
from ui.theme import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Theme

_THEMES = ("system", "light", "dark")
_MOTIONS = ("system", "smooth", "reduced")
_ZOOM_STEPS = (50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)


class Looks(QObject):
    """Follows the settings and the system's colour scheme."""

    theme_changed = Signal(object)
    """The Theme to show from now on; the application is dressed in it already."""
    zoom_changed = Signal(int)
    """The size of the article's text in percent."""
    reading_changed = Signal(object)
    """The Reading to show from now on."""
    motion_changed = Signal()
    """Ask :meth:`is_smooth` again, and show the choice."""

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._system = QGuiApplication.styleHints()  # held: what it gives out dies with PySide's wrapper around it
        self.theme = self._wanted()
        settings.changed.connect(self._follow)
        self._system.colorSchemeChanged.connect(self._scheme_changed)
        self._system.accessibility().contrastPreferenceChanged.connect(self._scheme_changed)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands of the View menu that choose a look."""
        return {
            "zoom_in": lambda: self.zoom(1),
            "zoom_out": lambda: self.zoom(-1),
            "zoom_reset": lambda: self._settings.set("zoom", 100),
            **{f"motion_{name}": partial(self._settings.set, "motion", name) for name in _MOTIONS},
            **{f"theme_{name}": partial(self._settings.set, "theme", name) for name in _THEMES},
        }

    def start(self, actions: Actions) -> None:
        """From now on the View menu shows what is chosen."""

        def show(_changed: str) -> None:
            for name in _THEMES:
                actions.check(f"theme_{name}", on=self._settings.get("theme") == name)
            for name in _MOTIONS:
                actions.check(f"motion_{name}", on=self.motion() == name)

        show("")
        self._settings.changed.connect(show)

    def scale(self, factor: float) -> None:
        """The text that many times its size, within the limits of :meth:`zoom`."""
        wanted = round(self.percent() * factor)
        self._settings.set("zoom", max(_ZOOM_STEPS[0], min(_ZOOM_STEPS[-1], wanted)))

    def motion(self) -> str:
        """What is chosen: ``system``, ``smooth`` or ``reduced``."""
        chosen = self._settings.get("motion")
        return chosen if chosen in _MOTIONS else "system"

    def is_smooth(self) -> bool:
        """Whether things may move. A system that wants no motion says so through the style: animations last 0 ms."""
        if (chosen := self.motion()) != "system":
            return chosen == "smooth"
        style_hint = QApplication.style().styleHint
        return bool(style_hint(QStyle.StyleHint.SH_Widget_Animation_Duration))

    def dress(self) -> None:
        """Give the application the theme's style."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            style.apply(app, self.theme)

    def toggle(self) -> None:
        """From light to dark or back."""
        self._settings.set("theme", "light" if self.theme.name == "dark" else "dark")

    def zoom(self, step: int) -> None:
        """One size larger (1) or smaller (-1)."""
        now = self.percent()
        larger = [size for size in _ZOOM_STEPS if size > now]
        smaller = [size for size in _ZOOM_STEPS if size < now]
        target = (larger[:1] if step > 0 else smaller[-1:]) or [now]
        self._settings.set("zoom", target[0])

    def percent(self) -> int:
        """The size of the article's text in percent."""
        return max(_ZOOM_STEPS[0], min(_ZOOM_STEPS[-1], int(self._settings.get("zoom"))))

    def reading(self) -> Reading:
        """How the article is to be set; the usual way where the settings hold nothing usable."""
        try:
            return Reading(**self._settings.get("reading"))
        except (TypeError, ValueError, OverflowError):
            return Reading()

    def set_reading(self, reading: Reading) -> None:
        """Set the article in this way from now on."""
        usual = asdict(Reading())
        self._settings.set("reading", {key: v for key, v in asdict(reading).items() if v != usual[key]})

    def _wanted(self) -> Theme:
        wanted = self._settings.get("theme")
        if wanted == "system":
            dark = self._system.colorScheme() == Qt.ColorScheme.Dark
            if self._system.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
                return DARK_CONTRAST if dark else LIGHT_CONTRAST
            wanted = "dark" if dark else "light"
        return DARK if wanted == "dark" else LIGHT

    def _scheme_changed(self, _: object) -> None:
        self._follow("theme")

    def _follow(self, key: str) -> None:
        if key == "zoom":
            self.zoom_changed.emit(self.percent())
        elif key == "motion":
            self.motion_changed.emit()
        elif key == "reading":
            self.reading_changed.emit(self.reading())
        elif key == "theme" and (theme := self._wanted()) is not self.theme:
            self.theme = theme
            self.dress()
            self.theme_changed.emit(theme)
