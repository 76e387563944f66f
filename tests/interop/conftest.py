"""The tests of independent readers use the documents of the format tests."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "annotator" / "formats"))
