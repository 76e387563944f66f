"""Change by what rules a project is labelled. Every change makes a new version of the scheme.

``uses`` are all records in which a value stands (``Project.uses_of_value``): a value that is renamed or retired takes
them along, in the same edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotator.edits import Change, Changeset, Edit
from annotator.errors import InvalidEdit
from annotator.known_checks import CHECKS, LEVELS
from annotator.model import Annotation, CheckSetting, Claim, Correction, Record, Scheme, Speaker, Term, now
from annotator.ports import Project
from annotator.schemes import DEFAULT_SCHEME
from annotator.vocabulary import FIXED
from annotator.workspace import Workspace

_VALUE = re.compile(r"[a-z0-9][a-z0-9_\-]{0,63}")
HIDEABLE = (
    *("claims", "speakers", "corrections"),
    *("claim.text", "claim.form", "claim.type", "claim.check_worthy", "claim.stance", "claim.certainty"),
    *("claim.unsure", "claim.parent_id", "claim.tags", "claim.note", "correction.verdict"),
)
"""Panels and fields that a scheme can do without."""


def choose(ws: Workspace, scheme: Scheme) -> Edit:
    """Take another scheme whole, a ready-made or an imported one. Values in use that it lacks are kept, retired."""
    have = {(term.vocabulary, term.value) for term in scheme.terms}
    kept = tuple(replace(t, retired=True) for t in ws.scheme.terms if (t.vocabulary, t.value) not in have)
    return _edit(ws, f"Use the scheme “{scheme.name}”", replace(scheme, terms=(*scheme.terms, *kept)))


def begin_with(project: Project, scheme: Scheme, actor: str) -> None:
    """Give a project that was just made its scheme, as what it starts with; the default one needs no record.

    Raises:
        ProjectError: the project cannot be written.
    """
    if scheme != DEFAULT_SCHEME:
        with project.begin() as unit:
            edit = Edit(f"Use the scheme “{scheme.name}”", (Change(None, replace(scheme, updated=now())),))
            unit.apply(Changeset.of(edit, actor, "start"))
            unit.commit()


def with_terms(scheme: Scheme, more: Iterable[Term]) -> Scheme:
    """The scheme's next version, with each further term after its fellows."""
    terms = list(scheme.terms)
    for term in more:
        terms.insert(_end_of(terms, term.vocabulary), term)
    return replace(scheme, terms=tuple(terms), version=_next(scheme), updated=now())


def add_term(ws: Workspace, vocabulary: str, label: str, meaning: str = "", value: str = "") -> Edit:
    """Add a value to a vocabulary; ``value`` is made from the label when left out.

    Raises:
        InvalidEdit: the vocabulary is the program's own, the label is empty, or the value is there already.
    """
    _check_vocabulary(ws, vocabulary)
    label = _label(label)
    term = Term(vocabulary, value or value_of(label), label, " ".join(meaning.split()))
    _check_value(ws, term)
    return _edit(ws, f"Add “{label}” to {vocabulary}", with_terms(ws.scheme, [term]))


def change_term(ws: Workspace, vocabulary: str, value: str, **fields: str) -> Edit:
    """Change what is shown for a value: its ``label`` and its ``meaning``. Annotations stay as they are."""
    term = _term(ws, vocabulary, value)
    if "label" in fields:
        fields["label"] = _label(fields["label"])
    return _edit(ws, f"Change “{term.label}”", _with_term(ws.scheme, term, replace(term, **fields)))  # type: ignore[arg-type]


def rename_value(ws: Workspace, vocabulary: str, value: str, new: str, uses: Iterable[Record]) -> Edit:
    """Store another value in a term's place, in every record that has it."""
    term = _term(ws, vocabulary, value)
    renamed = replace(term, value=new)
    _check_value(ws, renamed)
    scheme = _with_term(ws.scheme, term, renamed)
    return _edit(ws, f"Rename {value} to {new}", scheme, _migrated(vocabulary, value, new, uses))


def retire(ws: Workspace, vocabulary: str, value: str, into: str | None = None, uses: Iterable[Record] = ()) -> Edit:
    """Offer a value no longer. ``into`` takes its place in ``uses``; without it they keep it.

    Raises:
        InvalidEdit: ``into`` is not offered, or nothing would be left to choose.
    """
    term = _term(ws, vocabulary, value)
    left = [t for t in ws.vocabulary.terms(vocabulary) if t.value != value]
    if not left:
        raise InvalidEdit("A vocabulary needs at least one value to choose.")
    changes = []
    if into is not None:
        if into not in {t.value for t in left}:
            raise InvalidEdit(f"“{into}” is not offered; choose a value that is.")
        changes = _migrated(vocabulary, value, into, uses)
    return _edit(ws, f"Retire “{term.label}”", _with_term(ws.scheme, term, replace(term, retired=True)), changes)


def offer_again(ws: Workspace, vocabulary: str, value: str) -> Edit:
    """Offer a retired value again."""
    term = _term(ws, vocabulary, value)
    return _edit(ws, f"Offer “{term.label}” again", _with_term(ws.scheme, term, replace(term, retired=False)))


def move_term(ws: Workspace, vocabulary: str, value: str, step: int) -> Edit:
    """Move a value up (-1) or down (1) in its vocabulary; at the end it stays."""
    term = _term(ws, vocabulary, value)
    own = [t for t in ws.scheme.terms if t.vocabulary == vocabulary]
    place = own.index(term)
    own.insert(max(0, min(len(own) - 1, place + step)), own.pop(place))
    following = iter(own)
    terms = tuple(next(following) if t.vocabulary == vocabulary else t for t in ws.scheme.terms)
    return _edit(ws, f"Move “{term.label}”", replace(ws.scheme, terms=terms))


def change(ws: Workspace, **fields: Any) -> Edit:
    """Set the ``name``, the ``guideline`` text or what is ``hidden``.

    Raises:
        InvalidEdit: no such field, an empty name, or something that cannot be hidden.
    """
    if not fields.keys() <= {"name", "guideline", "hidden"}:
        raise InvalidEdit(f"A scheme has no field “{next(iter(fields.keys() - {'name', 'guideline', 'hidden'}))}”.")
    if "name" in fields:
        fields["name"] = _label(fields["name"])
    unknown = set(fields.get("hidden", ())) - set(HIDEABLE)
    if unknown:
        raise InvalidEdit(f"“{min(unknown)}” cannot be hidden.")
    return _edit(ws, f"Change {', '.join(fields)} of the scheme", replace(ws.scheme, **fields))


def set_check(ws: Workspace, check_id: str, level: str) -> Edit:
    """Switch a check ``off``, to ``warning`` or to ``blocking``."""
    check = next((check for check in CHECKS if check.id == check_id), None)
    if check is None or level not in LEVELS:
        raise InvalidEdit(f"There is no check “{check_id}” with the level “{level}”.")
    others = tuple(setting for setting in ws.scheme.checks if setting.check != check_id)
    own = () if level == check.level else (CheckSetting(check_id, level),)
    return _edit(ws, f"Check “{check.title}”: {level}", replace(ws.scheme, checks=(*others, *own)))


def value_of(label: str) -> str:
    """What is stored for a label that somebody typed: ``Free indirect`` → ``free_indirect``."""
    return re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")[:64]


def with_value(record: Record, vocabulary: str, old: str, new: str) -> Record:
    """The record with ``new`` wherever the vocabulary's field holds ``old``; the record itself when it does not."""
    if not holds(record, vocabulary, old):
        return record
    return replace(record, updated=now(), **{vocabulary.rpartition(".")[2]: new})  # type: ignore[arg-type]


def holds(record: Record, vocabulary: str, value: str) -> bool:
    """Whether the vocabulary's field of a record holds the value."""
    owner, _, name = vocabulary.rpartition(".")
    owners = {"claim": Claim, "correction": Correction, "speaker": Speaker, "": Annotation}
    return isinstance(record, owners.get(owner, ())) and getattr(record, name, None) == value


def _migrated(vocabulary: str, old: str, new: str, uses: Iterable[Record]) -> list[Change]:
    pairs = ((record, with_value(record, vocabulary, old, new)) for record in uses)
    return [Change(before, after) for before, after in pairs if after is not before]


def _edit(ws: Workspace, title: str, scheme: Scheme, more: Sequence[Change] = ()) -> Edit:
    """The edit that makes ``scheme`` the project's, under the next version."""
    if scheme == ws.scheme and not more:
        return Edit(title, ())
    after = replace(scheme, id=ws.scheme.id, version=_next(ws.scheme), updated=now())
    before = ws.get("scheme", ws.scheme.id)
    return Edit(title, (Change(before, after), *more))


def _next(scheme: Scheme) -> str:
    return str(int(scheme.version) + 1)


def _end_of(terms: Sequence[Term], vocabulary: str) -> int:
    """Where a further value of a vocabulary stands."""
    return max((i for i, t in enumerate(terms) if t.vocabulary == vocabulary), default=len(terms) - 1) + 1


def _with_term(scheme: Scheme, old: Term, new: Term) -> Scheme:
    return replace(scheme, terms=tuple(new if term == old else term for term in scheme.terms))


def _term(ws: Workspace, vocabulary: str, value: str) -> Term:
    _check_vocabulary(ws, vocabulary)
    term = ws.vocabulary.get(vocabulary, value)
    if term is None:
        raise InvalidEdit(f"{vocabulary} has no value “{value}”.")
    return term


def _check_vocabulary(ws: Workspace, vocabulary: str) -> None:
    if vocabulary in FIXED:
        raise InvalidEdit(f"The program itself acts on {vocabulary}: its values are the same in every project.")
    if vocabulary not in ws.vocabulary:
        raise InvalidEdit(f"There is no vocabulary “{vocabulary}”.")


def _check_value(ws: Workspace, term: Term) -> None:
    if not _VALUE.fullmatch(term.value):
        raise InvalidEdit("A value is made of small letters, digits and _, and begins with a letter or digit.")
    if ws.vocabulary.get(term.vocabulary, term.value) is not None:
        raise InvalidEdit(f"{term.vocabulary} has the value “{term.value}” already.")


def _label(label: str) -> str:
    clean = " ".join(label.split())
    if not clean:
        raise InvalidEdit("It needs a name.")
    return clean
