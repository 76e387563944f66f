"""``python -m annotator`` is the command ``annotator``.

The one place where the domain's package leads to the window's: it holds nothing else, and nothing imports it.
The import contract in ``pyproject.toml`` names this exception.
"""

import sys

from ui.cli.main import main

sys.exit(main())
