"""What a start does not wait for."""

from __future__ import annotations

import subprocess
import sys


def test_the_window_loads_nothing_of_printing_before_it_prints() -> None:
    code = "import ui.main, sys; print([name for name in sys.modules if 'PrintSupport' in name or '.paper' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
