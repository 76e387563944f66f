"""The fuzz starts from the small files that the format tests make."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "annotator" / "formats"))
