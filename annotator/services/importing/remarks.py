"""What there is to say of imported articles, each sentence once, however many articles it is about."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.text.wording import counted, sentence


class Remarks:
    """Collects notes with the place of their article."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, int]] = {}
        """Note → the place of the first article that has it, and how many have."""

    def add(self, place: str, notes: Iterable[str]) -> None:
        """The notes of one article."""
        for note in dict.fromkeys(notes):
            first, count = self._found.get(note, (place, 0))
            self._found[note] = first, count + 1

    def sentences(self) -> list[str]:
        """``t.csv, row 2 and 118 more articles: …``, in the order in which the notes came first."""
        return [sentence(f"{place}{_and_more(count - 1)}: {note}") for note, (place, count) in self._found.items()]


def _and_more(count: int) -> str:
    return f" and {counted(count, 'more article')}" if count else ""
