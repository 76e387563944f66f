"""One way of showing one article, measured in a process of its own so that its peak memory is its own.

    .venv/bin/python benchmarks/surfaces.py WAY FOLDER     a way of WAYS, a folder that texts.py has filled

Prints one ``name value`` line as soon as a measure is taken, so that whoever stops it keeps what was measured. Times
are milliseconds from the key press (or the call) until the window is painted; idle work after that is not in them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import surface  # noqa: F401  # first: it says that there is no screen
from others import Bare, BarePlain, Formats, Selections
from ours import Ours

WAYS = {"ours": Ours, "QTextEdit": Bare, "QPlainTextEdit": BarePlain, "formats": Formats, "selections": Selections}


def main() -> None:
    way = WAYS[sys.argv[1]](Path(sys.argv[2]))
    way.measure()
    way.close()


if __name__ == "__main__":
    main()
