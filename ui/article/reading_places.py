"""Where each article was left: source offsets by article id, the articles seen last."""

from __future__ import annotations

_PLACES = 500


class ReadingPlaces:
    """Remembers the caret's place in articles; the place in the article on show is noted when it is left."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def note(self, article_id: str | None, offset: int) -> None:
        """Remember where this article was left."""
        if article_id is not None:
            self._places.pop(article_id, None)
            self._places[article_id] = offset

    def place(self, article_id: str) -> int:
        """Where the article was left; 0 when it was not seen yet."""
        return self._places.get(article_id, 0)

    def kept(self) -> dict[str, int]:
        """The places of the articles seen last, for the next session."""
        return dict(list(self._places.items())[-_PLACES:])

    def take(self, places: dict[str, int]) -> None:
        """The places of an earlier session."""
        self._places = {id_: offset for id_, offset in places.items() if isinstance(offset, int) and offset >= 0}
