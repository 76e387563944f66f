"""The speakers of one article in a standoff: told in items of their own, or known by no more than a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.formats.base import Reading
from annotator.formats.standoff import labels
from annotator.formats.standoff.graph import Item, Link
from annotator.formats.standoff.values import clean, given, json_values, leftover
from annotator.formats.standoff.wikidata import WIKIDATA
from annotator.model import Role, Speaker, new_id
from annotator.rules import value_problems

_FIELDS = frozenset({"uuid", "name", "kind", "affiliation", "wikidata", "note", "created", "updated", "alias", "role"})


class People:
    """Finds the speaker that a thing names by id (``speaker``) or by name (``name``), and makes it if need be."""

    def __init__(self, items: Iterable[Item], reading: Reading, time: str) -> None:
        self._reading, self._time = reading, time
        self._by_id: dict[str, Speaker] = {}
        self._by_name: dict[str, Speaker] = {}
        self._by_entry: dict[str, Speaker] = {}
        """Those of an entry of Wikidata."""
        self.by_name: set[str] = set()
        """The ids of speakers that were made from a name."""
        for item in items:
            if item.label == labels.SPEAKER:
                speaker = self._speaker(item)
                self._by_id[item.id] = self._by_id[speaker.id] = speaker
                self._by_name.setdefault(speaker.name.casefold(), speaker)

    def all(self) -> tuple[Speaker, ...]:
        """Every speaker once, in the order in which they came."""
        return tuple(
            {
                speaker.id: speaker
                for speaker in (*self._by_id.values(), *self._by_name.values(), *self._by_entry.values())
            }.values()
        )

    def of(self, thing: Item | Link, id_name: str = "speaker", name_name: str = "name") -> str | None:
        """The id of the speaker that the attributes name; None: they name none."""
        id_, name = thing.get(id_name), thing.get(name_name)
        if id_ is not None and id_ in self._by_id:
            return self._by_id[id_].id
        entry = thing.get(WIKIDATA) if name_name == "name" else None
        if entry is not None and entry in self._by_entry:
            return self._by_entry[entry].id
        if name is None or not (name := " ".join(clean(name).split())):
            return None
        return self._named(name, entry).id

    def _named(self, name: str, entry: str | None) -> Speaker:
        """The speaker of that name, or a new one; of an entry of Wikidata none that is of another."""
        speaker = self._by_name.get(name.casefold())
        if speaker is None or (entry is not None and speaker.wikidata not in {None, entry}):
            speaker = Speaker(new_id(), name, wikidata=entry, created=self._time, updated=self._time)
            self.by_name.add(speaker.id)
            self._by_name.setdefault(name.casefold(), speaker)
        elif entry is not None and speaker.wikidata is None and speaker.id in self.by_name:
            speaker = replace(speaker, wikidata=entry)
            self._by_name[name.casefold()] = speaker
        if entry is not None:
            self._by_entry[entry] = speaker
        return speaker

    def _speaker(self, item: Item) -> Speaker:
        roles, wrong = json_values(Role, item.all("role"))
        values = {"created": self._time, "updated": self._time, "name": "", **given(Speaker, item.attributes)}
        speaker = Speaker(
            id=clean(item.get("uuid") or new_id()),
            aliases=tuple(clean(alias) for alias in item.all("alias")),
            roles=tuple(roles),
            **{name: value for name, value in values.items() if name != "id"},
        )
        lines = [*(("role", text) for text in wrong), *leftover(item.attributes, _FIELDS)]
        for problem in list(value_problems(speaker, self._reading.vocabulary)):
            if problem.place == "kind":
                lines.append(("kind", speaker.kind))
                speaker = replace(speaker, kind="person")
            elif problem.place.startswith("roles"):
                lines += [("role", role.title) for role in speaker.roles]
                speaker = replace(speaker, roles=tuple(Role(role.title) for role in speaker.roles))
        if not lines:
            return speaker
        told = "\n".join(f"{name} = {clean(value)}" for name, value in lines)
        return replace(speaker, note=f"{speaker.note}\n{told}" if speaker.note else told)
