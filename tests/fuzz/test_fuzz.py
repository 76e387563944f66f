"""At least 5,000 damaged files, through the real import into a real project. Longer: see ``__main__``."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from bench import Bench, inputs
from whole_files import names

SEED = 5
COSTLY = {
    "spacy": 20,
    **dict.fromkeys(("inception-json", "xlsx"), 60),
    **dict.fromkeys(("html", "brat", "inception-xmi", "webanno-tsv", "csv"), 90),
    **dict.fromkeys(("label-studio", "doccano"), 120),
    **dict.fromkeys(("conll", "gnqa", "w3c"), 160),
}
"""How many of the formats that take longer; of any other one as many as of every cheap one."""
CHEAP = 300


def share(name: str) -> int:
    return COSTLY.get(name, CHEAP)


def test_at_least_five_thousand_damaged_files_are_tried() -> None:
    assert sum(map(share, names())) >= 5_000


@pytest.mark.parametrize("name", names())
def test_damaged_files_are_refused_in_a_sentence_or_come_in_whole(name: str, tmp_path: Path) -> None:
    with closing(Bench(tmp_path)) as bench:
        found = list(bench.complaints(inputs(name, share(name), SEED)))
    assert found == [], "\n".join(f"{each.format_name} {each.seed}: {told}" for each, told in found)
    assert bench.outcomes["tried"] == share(name)
