"""Two states of one project: where their change logs part, and what is different since."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.errors import ProjectError
from annotator.ports import Project
from annotator.text.wording import counted, listed

_COUNTED = ("claim", "mention", "correction", "speaker")
_WHOLE = {"source_text": "the text", "article": "what is known of the article", "scheme": "the scheme"}
"""Of these there is one."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Between the project ``now`` and another state of it, ``then``."""

    common: int
    """The last change that both logs have."""
    now: int
    """Changes that only the project has since."""
    then: int
    """Changes that only the other state has since; 0 when it is simply older."""
    gone: tuple[str, ...]
    """Titles of articles that only the project has."""
    back: tuple[str, ...]
    """Titles of articles that only the other state has."""
    changed: tuple[tuple[str, str], ...]
    """Titles of articles that both have, and what of them differs or was changed, in words."""
    shared: str
    """Speakers, and the scheme, that were changed in either, in words; "": none was."""

    def told(self) -> list[str]:
        """One sentence a line: what restoring the other state means."""
        if not (self.now or self.then):
            return ["The same as the project is now."]
        if self.then:
            first = (
                f"Both are the same up to change {self.common:,}; then the project went on with "
                f"{counted(self.now, 'change')} and the backup with {counted(self.then, 'change')}."
            )
        else:
            first = f"{counted(self.now, 'change')} made since would be missing."
        lines = [first]
        lines += [f"Article missing then: “{title}”." for title in self.gone]
        lines += [f"Article back again: “{title}”." for title in self.back]
        lines += [f"“{title}”: {what} as before." for title, what in self.changed]
        lines += [f"In the whole project: {self.shared} as before."] if self.shared else []
        return lines


def compare(now: Project, then: Project) -> Differences:
    """What was done in either since the last change that both logs have.

    Raises:
        ProjectError: one of them cannot be read, or they are different projects.
    """
    ends = now.head().seq, then.head().seq
    common = _last_common(now, then, min(ends))
    if common == 0 and min(ends):
        raise ProjectError("This is a backup of another project: the change logs have nothing in common.")
    touched = {*now.touched_since(common), *then.touched_since(common)}
    titles = {state: {each.article.id: each.article.title for each in state.summaries()} for state in (now, then)}
    records: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    for each in touched:
        records[each.article_id][each.kind] += 1
    articles = [id_ for id_ in (*titles[now], *titles[then]) if id_ in records]
    return Differences(
        common,
        ends[0] - common,
        ends[1] - common,
        _titles(titles[now], (id_ for id_ in articles if id_ not in titles[then])),
        _titles(titles[then], (id_ for id_ in articles if id_ not in titles[now])),
        tuple((titles[now][id_], _told(records[id_])) for id_ in titles[now] if id_ in records and id_ in titles[then]),
        _told(records[None]),
    )


def _told(records: Counter[str]) -> str:
    """``2 claims, 1 mention and what is known of the article``."""
    parts = [counted(records[kind], kind) for kind in _COUNTED if kind in records]
    parts += [f"{counted(records['quarantined'], 'thing')} in quarantine"] if "quarantined" in records else []
    return listed([*parts, *(what for kind, what in _WHOLE.items() if kind in records)])


def _titles(titles: dict[str, str], ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(titles[id_] for id_ in ids)


def _last_common(now: Project, then: Project, most: int) -> int:
    """The last change that both have: equal hashes vouch for everything before, so halving finds it."""
    same, other = 0, most + 1
    while other - same > 1:
        middle = (same + other) // 2
        hashes = now.hash_at(middle), then.hash_at(middle)
        if hashes[0] is not None and hashes[0] == hashes[1]:
            same = middle
        else:
            other = middle
    return same
