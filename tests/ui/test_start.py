"""What a start does not wait for."""

from __future__ import annotations

import subprocess
import sys

from annotator.formats.own import OWN


def test_the_window_loads_neither_printing_nor_formats_before_it_stands() -> None:
    used = ("text", "jsonl", "parquet")  # by other ways of importing, and by releases
    formats = (f"annotator.formats.{listed.module}" for listed in OWN if listed.name not in used)
    late = ("PySide6.QtPrintSupport", "ui.paper.", *formats)
    code = f"import ui.main, sys; print([name for name in sys.modules if name.startswith({late})])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
