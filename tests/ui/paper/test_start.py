"""What a start does not wait for."""

from __future__ import annotations

import subprocess
import sys


def test_the_window_loads_nothing_of_printing_before_it_prints() -> None:
    late = ("PySide6.QtPrintSupport", "ui.paper.")
    code = f"import ui.main, sys; print([name for name in sys.modules if name.startswith({late})])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
