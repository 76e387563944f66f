"""What a release is to be: its name and people, how it is split, with or without the texts. Kept beside the project."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from annotator.formats import small_file
from annotator.formats.published import find_mismatch
from annotator.release.splitting import NO_SPEAKERS, Plan
from annotator.services.targets import write_file

LICENCES = {
    "CC-BY-4.0": ("cc-by-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("cc-by-sa-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC-BY-NC-4.0": ("cc-by-nc-4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    "CC0-1.0": ("cc0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "MIT": ("mit", "https://opensource.org/license/mit"),
}
"""SPDX name → how dataset cards call it, and where its text is."""
WISH_SUFFIX = ".release.json"
_SCHEMA = "release-wish-v1"


@dataclass(frozen=True, slots=True)
class Wish:
    """Everything that a person decides. What a release says of itself comes from here and from the project."""

    name: str
    version: str = "1.0.0"
    description: str = ""
    creators: tuple[str, ...] = ()
    """Names as they are to be cited, ``Family, Given``; an organization without comma."""
    licence: str = "CC-BY-4.0"
    """An SPDX name. It is that of the annotations; the texts are their publishers'."""
    url: str | None = None
    """Where it will be published."""
    plan: Plan = field(default_factory=Plan)
    with_text: bool = True
    """False: a bare release, without the words of the articles, which its users bring themselves."""
    with_parquet: bool = True
    answers: tuple[tuple[str, str], ...] = ()
    """Datasheet question → answer, see :mod:`.datasheet`."""


def as_json(wish: Wish) -> dict[str, Any]:
    """The JSON data of a wish, keys in the schema's order."""
    data = {"schema_version": 1, **asdict(wish)}
    shares, seed, apart = wish.plan.shares, wish.plan.seed, wish.plan.apart
    data["plan"] = {"shares": list(shares), "seed": seed, "apart": apart}
    data["creators"], data["answers"] = list(wish.creators), dict(wish.answers)
    return data


def from_json(data: Any) -> Wish:
    """The wish that JSON data describe. Raises ``ValueError`` with a clause that says what is wrong."""
    if problem := find_mismatch(data, _SCHEMA):
        raise ValueError(problem)
    return _wish(data)


def _wish(data: Any) -> Wish:
    known = {key: value for key, value in data.items() if key != "schema_version"}
    plan = known.get("plan", {})
    shares = plan.get("shares", list(Plan().shares))
    if not sum(shares):
        raise ValueError("the shares of train, dev and test are all 0")
    return Wish(
        **{
            **known,
            "creators": tuple(known.get("creators", ())),
            "plan": Plan((shares[0], shares[1], shares[2]), plan.get("seed", "1"), plan.get("apart", NO_SPEAKERS)),
            "answers": tuple(known.get("answers", {}).items()),
        }
    )


def read(path: Path) -> Wish:
    """The wish in a file. Raises ``ImportFailed``: it cannot be read, or is none; the sentence says why."""
    return small_file.read(path, _read, "does not say what a release is to be")


def _read(data: bytes) -> Wish:
    return _wish(small_file.data_of(data, _SCHEMA))


def write(path: Path, wish: Wish) -> None:
    """Keep a wish in a file. Raises ``ExportFailed``."""
    write_file(path, small_file.bytes_of(as_json(wish)))


def place_beside(location: str) -> Path | None:
    """Where the wish of the project at ``location`` is kept, beside its file; None for a database."""
    path = Path(location)
    return path.with_name(path.stem + WISH_SUFFIX) if "://" not in location else None


def remembered(location: str, name: str) -> Wish:
    """The wish that was kept for a project, else one with its ``name``. Raises ``ImportFailed``: it is damaged."""
    place = place_beside(location)
    return read(place) if place is not None and place.is_file() else Wish(name)
