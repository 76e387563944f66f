"""What of an import is added to a project: nothing overwritten, nothing twice, and a report of what was done.

Looking (:class:`_Adding`) asks the project for many drafts at a time and writes nothing; what is taken then goes from
the drafts' file into one changeset of one transaction, some articles at a time. So memory is flat, one undo takes the
import back, and of one that is killed nothing is left.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from annotator.codec import text_of
from annotator.edits import Change, Changeset, Edit
from annotator.formats.base import Draft
from annotator.model import Document, Speaker, Term, is_entry
from annotator.packed import Packed, at_position, unpack
from annotator.ports import Growing, Project
from annotator.schemes import scheme_of
from annotator.services.importing.around import Around
from annotator.services.importing.drafts import Drafts, Facts, Head, records_of
from annotator.services.importing.remarks import Remarks
from annotator.services.importing.report import Imported, Report
from annotator.services.importing.sameness import adds_nothing, brings_labels, labelled, same_article, told_of
from annotator.services.keeping import keep_before_import
from annotator.services.merging import repointed
from annotator.services.scheme import holds, with_terms
from annotator.text.disguise import titled
from annotator.text.wording import clause, counted, shorten
from annotator.vocabulary import DEFAULT, Vocabulary

_ARTICLE = frozenset({"article", "source_text"})
"""The kinds of records that an article has once."""
_LEFT_OUT = "it was left out; import it into a new project to compare."
_AGAIN = "was read before without labels; it was left out; import it once more to add its labels."
_LABELLED = "The article is in the project already, without labels; those of the file were added to it."


def import_edit(
    drafts: Iterable[Draft], project: Project, *, keep_duplicates: bool = False, terms: Mapping[Term, str] | None = None
) -> tuple[Edit, Report]:
    """The edit that appends a few ``drafts`` to the project's list, and what it does; see :func:`add_drafts`.

    Raises:
        InvalidSpan: a draft was changed so that a place no longer fits its text.
        InvalidEdit: a draft cannot be stored.
    """
    adding = _Adding(project, Drafts(drafts), terms or {}, keep_duplicates)
    adding.look()
    packed = adding.records(adding.places, set(adding.made))
    changes = [Change(None, record) for some in packed for record in unpack(some)] + list(adding.labelled.values())
    needed = adding.needed()
    adding.tell_learned(needed)
    return Edit(adding.title(), (*adding.learned(needed), *changes)), adding.report


def add_drafts(
    project: Project,
    drafts: Drafts,
    annotator: str,
    *,
    keep_duplicates: bool = False,
    terms: Mapping[Term, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Report:
    """Append ``drafts`` to the project's list, as one changeset.

    Left out and reported: an article whose id is there already (as *skipped* when it is equal, as a *conflict*
    when it is not; but the labels of one that was labelled in a copy of the project, and not here, are added to the
    article that is there), one that uses the id of another record of the project, one without annotations whose text is
    there already under another id (unless ``keep_duplicates``). Speakers are shared: those with the same id must
    be equal. Those of ``terms`` (:attr:`ReadResult.terms`) that the articles use become the project's, in this change.
    An article that cannot be stored is a problem of its own and stops no other.

    ``progress`` is told (articles written, articles in all). ``stopped`` is asked now and then; when it says so,
    nothing is imported, and the report is empty.

    Raises:
        ProjectError: the project cannot be written; nothing was imported.
    """
    adding = _Adding(project, drafts, terms or {}, keep_duplicates)
    adding.look()
    if not adding.report.imported:
        return adding.report
    if (trouble := keep_before_import(project)) is not None:
        adding.report.notes.append(f"The project could not be backed up before: {clause(trouble)}")
    changeset = Changeset.of(Edit("Import articles", ()), annotator)
    careful = False
    while True:
        try:
            written = _write(project, adding, changeset, progress, stopped, careful=careful)
            return adding.report if written else Report()
        except _Refused:  # hardly ever: from the beginning, so that what is refused can be left out
            careful = True


class _Refused(Exception):
    """The database refuses a record, or has refused all that need a value; what was written before is given up."""


def _write(
    project: Project,
    adding: _Adding,
    changeset: Changeset,
    progress: Callable[[int, int], None] | None,
    stopped: Callable[[], bool] | None,
    *,
    careful: bool,
) -> bool:
    """Write and commit what was taken, in one transaction. False: it was stopped."""
    needed = adding.needed()
    with project.begin() as unit:
        growing = unit.grow(changeset, careful=careful)
        growing.change(Edit(adding.title(), adding.learned(needed)))
        if not adding.write(growing, progress, stopped, careful=careful):
            return False
        if adding.needed() != needed:
            raise _Refused
        if adding.report.imported:
            growing.finish(adding.title())
            unit.commit()
            adding.report.changeset = replace(changeset, edit=Edit(adding.title(), ()))
            adding.tell_learned(needed)
    return True


class _Adding:
    """Knows what the project holds and what was taken before."""

    def __init__(self, project: Project, drafts: Drafts, terms: Mapping[Term, str], keep_duplicates: bool) -> None:
        self.report = Report()
        self._project = project
        self._drafts = drafts
        self._terms = terms
        self._keep_duplicates = keep_duplicates
        self._position = project.next_position()
        self._there = frozenset(project.article_ids())  # when there is none, thousands of questions are saved
        self._speakers = {speaker.id: text_of(speaker) for speaker in project.speakers()}
        self.made = frozenset(self._speakers)
        """The ids of the speakers that are there."""
        self._names = {speaker.name.casefold(): speaker.id for speaker in project.speakers()}
        self._entries = {speaker.wikidata: speaker.id for speaker in project.speakers() if is_entry(speaker.wikidata)}
        """The speakers of entries of Wikidata."""
        self._twice = drafts.seen.twice()
        self._keys: set[tuple[str, str]] = set()
        """Of what was taken, those that may come again."""
        self._hashes: dict[str, str] = {}
        self._taken: dict[str, int] = {}
        """Article id → which draft it is."""
        self.places: dict[int, int] = {}
        """Which drafts were taken, in their order → their places in the project's list."""
        self.labelled: dict[int, Change] = {}
        """Which of them bring labels only, for an article that is there → how that changes."""
        self._needed: dict[int, frozenset[Term]] = {}
        """Which of the terms the drafts that were taken use."""
        self._remarks = Remarks()

    def title(self) -> str:
        """What the changeset is called."""
        some = self.report.imported
        return f"Import “{shorten(some[0].title)}”" if len(some) == 1 else f"Import {len(some)} articles"

    # -- looking ------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Decide of every draft whether it is taken, and report why not."""
        for numbers in self._drafts.portions(range(len(self._drafts))):
            heads = [self._drafts.heads[number] for number in numbers]
            facts = [self._drafts.facts(number) for number in numbers]
            around = Around.of(self._project, heads, facts, self._there)
            for number, head, each in zip(numbers, heads, facts, strict=True):
                self._look_at(number, head, each, around)
        self.report.notes += self._remarks.sentences()

    def _look_at(self, number: int, head: Head, facts: Facts, around: Around) -> None:
        if self._is_known(number, head, around):
            return
        there = around.documents.get(head.id)
        if there is not None and head.id not in self._taken and brings_labels(draft := self._drafts[number], there):
            self.labelled[number] = Change(there.article, labelled(draft, there))
        if conflict := self._conflict(number, head, facts, around):
            self.labelled.pop(number, None)
            self.report.conflicts.append(f"{head.place}: {self._again(number, head) or f'{conflict}; {_LEFT_OUT}'}")
        elif missing := facts.outside - self._speakers.keys():
            self.labelled.pop(number, None)
            self.report.problems.append(
                f"{head.place}: it refers to the speaker {min(missing)!r}, which is not there; it was left out."
            )
        else:
            self._take(number, head, facts)

    def _is_known(self, number: int, head: Head, around: Around) -> bool:
        """Whether the article is there already and equal, or its text is; reports it."""
        there = self._document(head.id, around)
        if there is not None:
            draft = self._drafts[number]
            if known := same_article(draft, there) or adds_nothing(draft, there):
                self.report.skipped.append(f"{head.place}: {titled(head.title)} is already in the project; skipped.")
            return known
        same = around.titles.get(head.text_sha256) or self._hashes.get(head.text_sha256)
        if self._keep_duplicates or same is None:
            return False
        told = f"{head.place}: the same text is already there as {titled(same)}"
        if head.annotated:  # somebody's work: never dropped for its text alone
            self.report.notes.append(f"{told}; both are kept, since this one is annotated.")
            return False
        self.report.skipped.append(f"{told}; skipped.")
        return True

    def _document(self, article_id: str, around: Around) -> Document | None:
        """The article of that id in the project or earlier in this import."""
        if article_id in self._taken:
            return self._drafts[self._taken[article_id]].document
        return around.documents.get(article_id)

    def _again(self, number: int, head: Head) -> str | None:
        """What to say of an article with labels that came in the same import without them."""
        before = self._taken.get(head.id)
        if before is None or not brings_labels(self._drafts[number], self._drafts[before].document):
            return None
        return f"the article {titled(head.title)} {_AGAIN}"

    def _conflict(self, number: int, head: Head, facts: Facts, around: Around) -> str | None:
        """Why the draft cannot be added beside what is there, or None."""
        there = _ARTICLE if number in self.labelled else frozenset[str]()
        for key in facts.keys if around.keys or self._twice else ():
            if key[0] in there:
                continue
            if key in around.keys or (hash(key) in self._twice and key in self._keys):
                which = titled(head.title) if key == ("article", head.id) else repr(key[1])
                return f"the {key[0].replace('_', ' ')} {which} is already in the project with other content"
        for id_, text in facts.speakers:
            known = self._speakers.get(id_, text)
            if known != text and told_of(known, facts.untold) != told_of(text, facts.untold):
                return f"the speaker {titled(json.loads(text)['name'])} is already in the project with other content"
        return None

    def _take(self, number: int, head: Head, facts: Facts) -> None:
        if facts.by_name:
            facts = self._known_by_name(number, head, facts)
        for id_, text in facts.speakers:
            if id_ not in self._speakers:
                said = json.loads(text)
                self._note_namesake(head, id_, said["name"])
                if is_entry(said.get("wikidata")):
                    self._entries.setdefault(said["wikidata"], id_)
                self._speakers[id_] = text
        if self._twice:
            self._keys.update(key for key in facts.keys if hash(key) in self._twice)
        self._hashes[head.text_sha256] = head.title
        self._taken[head.id] = number
        self.places[number] = self._position + len(self.places) - len(self.labelled)
        self.report.imported.append(Imported(head.id, head.title, head.place, head.quarantined))
        self._remarks.add(head.place, (*facts.notes, *((_LABELLED,) if number in self.labelled else ())))
        if self._terms:
            records = (*records_of(draft := self._drafts[number]), *draft.speakers)
            used = (t for t in self._terms if any(holds(each, t.vocabulary, t.value) for each in records))
            self._needed[number] = frozenset(used)

    def _known_by_name(self, number: int, head: Head, facts: Facts) -> Facts:
        """The project's speakers in place of those of whom the file says no more than their name."""
        draft = self._drafts[number]
        same = {
            speaker.id: known
            for speaker in draft.speakers
            if speaker.id in draft.by_name and (known := self._same(speaker)) is not None
        }
        if not same:
            return facts
        self.report.notes.append(
            f"{head.place}: {counted(len(same), 'speaker')} known by name or Wikidata id only "
            f"{'was' if len(same) == 1 else 'were'} taken to be the project's."
        )
        self._drafts[number] = replace(
            draft,
            speakers=tuple(speaker for speaker in draft.speakers if speaker.id not in same),
            mentions=tuple(repointed(mention, same) for mention in draft.mentions),
            claims=tuple(repointed(claim, same) for claim in draft.claims),
        )
        return self._drafts.facts(number)

    def _same(self, speaker: Speaker) -> str | None:
        """The id of the speaker that is meant by a name, or by an entry of Wikidata, which counts more."""
        if speaker.wikidata is None:
            return self._names.get(speaker.name.casefold())
        return self._entries.get(speaker.wikidata)

    def _note_namesake(self, head: Head, speaker_id: str, name: str) -> None:
        if self._names.setdefault(name.casefold(), speaker_id) != speaker_id:
            self.report.notes.append(
                f"{head.place}: another speaker is also named {titled(name)}; both are kept; "
                "Speakers → Merge Speakers makes them one."
            )

    # -- writing ------------------------------------------------------------------------------------------------

    def needed(self) -> list[Term]:
        """The values that the project lacks and that what was taken needs."""
        used = {term for number in self.places for term in self._needed.get(number, ())}
        vocabulary = Vocabulary(scheme_of(self._project).terms) if used else DEFAULT
        return [t for t in self._terms if t in used and vocabulary.get(t.vocabulary, t.value) is None]

    def learned(self, needed: Sequence[Term]) -> tuple[Change, ...]:
        """The change of the project's scheme that adds the values, if there are any."""
        if not needed:
            return ()
        scheme = scheme_of(self._project)
        return (Change(self._project.get("scheme", scheme.id), with_terms(scheme, needed)),)

    def tell_learned(self, needed: Iterable[Term]) -> None:
        """Report the values that were added."""
        self.report.notes += [
            f"“{each.label}” ({each.value}) was added to the values of {each.vocabulary}, as "
            f"{self._terms[each]} has it."
            for each in needed
        ]

    def records(self, numbers: Iterable[int], made: set[str]) -> list[Packed]:
        """The new records of drafts that were taken; with each come first the speakers that are not ``made`` yet."""
        found: list[Packed] = []
        for number in numbers:
            for packed in self._drafts.facts(number).packed_speakers:
                if new := [at for at, id_ in enumerate(packed.ids) if id_ not in made]:
                    found.append(packed.part(new))
                    made.update(found[-1].ids)
            article, *rest = self._drafts.records(number)
            if number in self.labelled:
                found += [packed for packed in rest if packed.kind not in _ARTICLE]
            else:
                found += [at_position(article, self.places[number]), *rest]
        return found

    def write(
        self,
        growing: Growing,
        progress: Callable[[int, int], None] | None,
        stopped: Callable[[], bool] | None,
        *,
        careful: bool,
    ) -> bool:
        """Write what was taken; what the database refuses is reported. False: it was stopped.

        Raises:
            _Refused: the database refuses something, and the changeset is not made carefully.
        """
        taken, refused, made, done = tuple(self.places), set[int](), set(self.made), 0
        for some in self._drafts.portions(taken):
            if stopped and stopped():
                return False
            if not self._created(growing, some, made):
                if not careful:
                    raise _Refused
                refused.update(number for number in some if not self._created(growing, [number], made))
            done += len(some)
            if progress:
                progress(done, len(taken))
        if refused:
            self._leave_out(refused)
        return True

    def _leave_out(self, refused: Collection[int]) -> None:
        told = list(zip(self.places, self.report.imported, strict=True))
        self.places = {number: place for number, place in self.places.items() if number not in refused}
        self.report.imported = [each for number, each in told if number not in refused]
        self.report.problems += [
            f"{each.place}: it cannot be stored as it is; it was left out."
            for number, each in told
            if number in refused
        ]

    def _created(self, growing: Growing, numbers: Sequence[int], made: set[str]) -> bool:
        """Write the records of these drafts; their speakers are added to those that are ``made``."""
        further = set(made)
        if not growing.create(self.records(numbers, further)):
            return False
        growing.change(Edit(self.title(), tuple(self.labelled[each] for each in numbers if each in self.labelled)))
        made |= further
        return True
