"""A settings file that holds something else than it should: the window opens, with what is usual in its place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings

from ui.settings import Settings

NONSENSE = {
    "zoom": ["--5", "²", "-5", "0", "999999999", "99999999999999999999", ["1"], {"a": 1}],
    "columns": [["a", "b", "c"], "abc", ["1"], ["-5", "6", "7"], [1, 2, 3, 4], [{}, 1, 2], ["99999999999", "1", "1"]],
    "panels": [["a", "b", "c"], [1, 2, 3, 4, 5], [None]],
    "keys": [{"copy": 5}, {"copy": "Ctrl+C"}, {"copy": [5, None]}, {"copy": {}, "nothing": ["X"]}, "x"],
    "view": ["upside down", ["both"], 5],
    "motion": ["wild", {}],
    "reading": [{"size": "x"}, {"size": float("nan")}, {"family": 5}, {"nope": 1}, {"measure": -1}, "x"],
    "places": [{"a": "x", "b": -4, "c": 2**62}, ["a"]],
    "geometry": [b"\x00\xff", "x"],
}


@pytest.mark.parametrize("number", range(max(map(len, NONSENSE.values()))))
def test_the_window_opens_as_usual(open_window, project_path, tmp_path, number):
    """Each setting holds one of its values in each round; no setting knows of another."""
    file = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    for key, values in NONSENSE.items():
        file.setValue(key, values[number % len(values)])
    file.sync()
    del file
    window = open_window(project_path)
    assert 50 <= window.looks.percent() <= 300
    assert window.actions_.keys("copy") == ("Ctrl+C",)
    assert min(window.columns.sizes()) > 0
    assert window.pane.mode in ("source", "corrected", "both")
    window.looks.zoom(1)
    assert 50 <= window.pane.view.zoom() * 100 <= 300


@pytest.mark.parametrize("found", [["1", "2", "3"], [1, 2, 3]])
def test_sizes_are_read_as_they_were_written(tmp_path, found):
    settings = Settings(tmp_path / "settings.ini")
    settings.set("columns", found)
    settings.sync()
    assert Settings(tmp_path / "settings.ini").sizes("columns", 3) == [1, 2, 3]
