"""Articles with one error over and over, and how a test corrects it."""

from __future__ import annotations

from annotator.services import corrections

TEXTS = (
    'Teh minister said: "Teh talks 😀 failed." Others agreed.\n\nTehran was silent.\n',
    "Nothing is wrong here.\n",
    "He said that teh end,\nTeh very end, is near.\n",
    "Teh article is done.\n",
)


def correct(hands, words: str, replacement: str, occurrence: int = 0) -> str:
    made = corrections.mark(hands.ws, [hands.place(words, occurrence)], replacement, hands.store.author)
    hands.store.edit(made)
    return str(made.changes[0].id)
