"""A system that asks for contrast is heard where the theme is as the system has it, and not where one was chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessibilityHints, QGuiApplication

from ui.looks import Looks
from ui.settings import Settings
from ui.theme import DARK, LIGHT_CONTRAST


@pytest.fixture
def high_contrast(monkeypatch):
    monkeypatch.setattr(QAccessibilityHints, "contrastPreference", lambda _: Qt.ContrastPreference.HighContrast)


def test_contrast_as_the_system(qapp, qtbot, tmp_path, high_contrast):
    settings, owner = Settings(tmp_path / "settings.ini"), QObject()
    settings.set("theme", "dark")
    looks = Looks(settings, owner)
    assert looks.theme is DARK
    with qtbot.waitSignal(looks.theme_changed) as told:
        settings.set("theme", "system")
    assert told.args == [LIGHT_CONTRAST]
    assert looks.theme is LIGHT_CONTRAST


def test_a_change_of_the_system_is_followed(qapp, qtbot, tmp_path, monkeypatch):
    settings, owner = Settings(tmp_path / "settings.ini"), QObject()
    settings.set("theme", "system")
    looks = Looks(settings, owner)
    system = QGuiApplication.styleHints()
    monkeypatch.setattr(QAccessibilityHints, "contrastPreference", lambda _: Qt.ContrastPreference.HighContrast)
    with qtbot.waitSignal(looks.theme_changed) as told:
        system.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert told.args == [LIGHT_CONTRAST]
