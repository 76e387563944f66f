"""CoNLL-2003: as many articles and names as its authors counted.

Runs where ``ANNOTATOR_CORPORA`` names a folder with ``eng.testa`` and ``eng.testb`` in ``conll2003``.
"""

from __future__ import annotations

import io
import os
from collections import Counter
from pathlib import Path

import pytest

from annotator.formats import conll
from annotator.formats.base import Reading

DATA = Path(os.environ.get("ANNOTATOR_CORPORA", "/nowhere")) / "conll2003"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="ANNOTATOR_CORPORA has no conll2003 with eng.testa, eng.testb"
)


@pytest.mark.parametrize(
    ("name", "articles", "names"),
    [
        ("eng.testa", 216, {"LOC": 1837, "MISC": 922, "ORG": 1341, "PER": 1842}),
        ("eng.testb", 231, {"LOC": 1668, "MISC": 702, "ORG": 1661, "PER": 1617}),
    ],
)
def test_as_many_as_were_counted(name: str, articles: int, names: dict[str, int]) -> None:
    found = conll.FORMAT.read_standoff(io.BytesIO((DATA / name).read_bytes()), Reading(name, "Zoe"))  # type: ignore[misc]
    assert len(found) == articles
    assert Counter(item.label for each in found for item in each.items) == names
    assert not [unread for each in found for unread in each.unread]
