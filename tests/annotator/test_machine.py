"""Anything a person can do to an article, in any order, with undo: nothing breaks a rule, nothing is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from effort import rounds
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.checks.table import problems
from annotator.edits import Edit
from annotator.errors import InvalidEdit, InvalidSpan
from annotator.model import Article, Claim, Document, Mention, Record, Scheme, SourceText, Speaker
from annotator.rules import find_cycle, links_of, value_problems
from annotator.schemes import BY_KEY
from annotator.services import annotate, chains, claims, corrections, merging, restoring, scheme, speakers
from annotator.services.annotate import Author
from annotator.services.corrections import piece_map
from annotator.text.anchors import check_record
from annotator.workspace import Workspace

ANN = Author("Ann")
TEXT = 'Twould do, "he 👩\u200d👧 said".\n\nОн сказал: «да», e\u0301 العربية "so it is."'
NAMES = ["Anna", "Берг", "The Post", "RIA", "Anna Berg"]
place = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda p: (min(p), max(p)))
pick = st.integers(0, 1_000)
STEPS = rounds("ANNOTATOR_MACHINE_STEPS", 40)
RUNS = rounds("ANNOTATOR_MACHINE_RUNS", 20)


class Labelling(RuleBasedStateMachine):
    """The workspace with an undo stack beside it; what was is remembered whole."""

    @initialize()
    def open_article(self) -> None:
        source = SourceText("a", TEXT, hashlib.sha256(TEXT.encode()).hexdigest())
        self.ws = Workspace([Speaker("s", "Anna")], Document(Article("a", "T"), source))
        self.done: list[tuple[Edit, tuple[Any, ...]]] = []
        self.undone: list[tuple[Edit, tuple[Any, ...]]] = []
        self.seen: list[Record] = []

    def state(self) -> tuple[Any, ...]:
        ws = self.ws
        return ws.article, *(dict(t) for t in (ws.speakers, ws.mentions, ws.claims, ws.corrections)), ws.scheme

    def attempt(self, make: Callable[[], Edit]) -> None:
        """Do it, or be refused with a sentence and nothing changed."""
        before = self.state()
        edit: Edit | None
        try:
            edit = make()
        except (InvalidEdit, InvalidSpan) as error:
            edit, refusal = None, str(error)
        assert self.state() == before, "making an edit changes nothing"
        if edit is None:
            assert refusal.endswith("."), refusal
        elif edit:
            self.ws.apply(edit)
            self.done.append((edit, before))
            self.undone.clear()
            self.seen += [change.before for change in edit.changes if change.before is not None]

    def one(self, table: dict[str, Any], number: int) -> str:
        ids = list(table)  # as they came, since ids are drawn anew when a run is repeated
        return ids[number % len(ids)] if ids else "nobody"

    def uses(self, speaker_id: str) -> list[Record]:
        records: list[Record] = [*self.ws.mentions.values(), *self.ws.claims.values()]
        return [r for r in records if any(id_ == speaker_id for _, kind, id_ in links_of(r) if kind == "speaker")]

    # -- labelling

    @rule(places=st.lists(place, min_size=1, max_size=3))
    def mark_claim(self, places: list[tuple[int, int]]) -> None:
        self.attempt(lambda: annotate.mark_claim(self.ws, places, ANN))

    @rule(where=place, name=st.sampled_from(NAMES), which=pick)
    def mark_mention(self, where: tuple[int, int], name: str, which: int) -> None:
        self.attempt(lambda: annotate.mark_mention(self.ws, [where], ANN))
        self.attempt(lambda: speakers.assign(self.ws, self.one(self.ws.mentions, which), name))

    @rule(where=place, which=pick, hop=st.sampled_from([None, 0, 1]))
    def mark_cue(self, where: tuple[int, int], which: int, hop: int | None) -> None:
        self.attempt(lambda: annotate.mark_cue(self.ws, self.one(self.ws.claims, which), [where], hop))

    @rule(names=st.lists(st.sampled_from([*NAMES, "?"]), max_size=3), which=pick)
    def set_chain(self, names: list[str], which: int) -> None:
        line = " > ".join(names)
        self.attempt(lambda: speakers.set_chain_line(self.ws, self.one(self.ws.claims, which), line))

    @rule(places=st.lists(place, min_size=1, max_size=2), reading=st.sampled_from(["", "I would", "e\u0301", "\n"]))
    def correct(self, places: list[tuple[int, int]], reading: str) -> None:
        self.attempt(lambda: corrections.mark(self.ws, places, reading, ANN))

    @rule(where=place, reading=st.sampled_from(["", "x", "I would"]))
    def correct_in_place(self, where: tuple[int, int], reading: str) -> None:
        self.attempt(lambda: corrections.correct(self.ws, *where, reading, ANN))

    @rule(which=pick, status=st.sampled_from(["accepted", "rejected", "draft"]))
    def judge(self, which: int, status: str) -> None:
        self.attempt(lambda: corrections.set_status(self.ws, [self.one(self.ws.corrections, which)], status))

    @rule(which=pick)
    def add_factual(self, which: int) -> None:
        self.attempt(lambda: corrections.factual(self.ws, self.one(self.ws.claims, which), ANN, "refuted"))

    # -- changing

    @rule(which=pick, part=st.integers(0, 2), side=st.sampled_from(["start", "end"]), to=st.integers(0, len(TEXT)))
    def move_boundary(self, which: int, part: int, side: str, to: int) -> None:
        table = {**self.ws.claims, **self.ws.mentions, **self.ws.corrections}
        self.attempt(lambda: annotate.move_boundary(self.ws, self.one(table, which), part, side, to))

    @rule(which=pick, where=place)
    def take_out(self, which: int, where: tuple[int, int]) -> None:
        self.attempt(lambda: annotate.remove_range(self.ws, self.one(self.ws.claims, which), *where))

    @rule(which=pick, other=pick)
    def nest(self, which: int, other: int) -> None:
        inner, outer = (self.one(self.ws.claims, number) for number in (which, other))
        self.attempt(lambda: annotate.change(self.ws, inner, parent_id=outer))

    @rule(which=pick)
    def nest_deeper(self, which: int) -> None:
        """One more claim inside the others, so that what is merged and restored meets three levels."""
        inner = list(self.ws.claims)
        for one, other in zip(inner[which % 3 :], inner[which % 3 + 1 :], strict=False):
            self.attempt(lambda one=one, other=other: annotate.change(self.ws, one, parent_id=other))

    @rule(which=pick, where=place)
    def add_part(self, which: int, where: tuple[int, int]) -> None:
        table = {**self.ws.claims, **self.ws.mentions, **self.ws.corrections}
        self.attempt(lambda: annotate.add_part(self.ws, self.one(table, which), *where))

    @rule(which=pick, hop=st.integers(0, 2), name=st.sampled_from([*NAMES, ""]), to=st.integers(-1, 3))
    def change_hop(self, which: int, hop: int, name: str, to: int) -> None:
        id_ = self.one(self.ws.claims, which)
        self.attempt(lambda: chains.add(self.ws, id_))
        self.attempt(lambda: chains.set_speaker(self.ws, id_, hop, name))
        self.attempt(lambda: chains.set_addressee(self.ws, id_, hop, name))
        self.attempt(lambda: chains.take_mention(self.ws, id_, hop, self.one(self.ws.mentions, which)))
        self.attempt(lambda: chains.move(self.ws, id_, hop, to))

    @rule(which=pick, kind=st.sampled_from(["transcription", "regularisation", "factual"]))
    def change_kind(self, which: int, kind: str) -> None:
        self.attempt(lambda: corrections.change_kind(self.ws, self.one(self.ws.corrections, which), kind))

    @rule(which=pick, at=st.integers(0, len(TEXT)))
    def split_claim(self, which: int, at: int) -> None:
        self.attempt(lambda: claims.split(self.ws, self.one(self.ws.claims, which), at, ANN))

    @rule(which=pick, other=pick)
    def merge_claims(self, which: int, other: int) -> None:
        ids = [self.one(self.ws.claims, number) for number in (which, other)]
        self.attempt(lambda: claims.merge(self.ws, ids))

    @rule(which=pick)
    def duplicate(self, which: int) -> None:
        self.attempt(lambda: claims.duplicate(self.ws, self.one(self.ws.claims, which), ANN))

    @rule(form=st.sampled_from(["direct", "indirect", "nonsense"]))
    def change_all(self, form: str) -> None:
        self.attempt(lambda: claims.change_many(self.ws, sorted(self.ws.claims), form=form))

    @rule(which=pick)
    def delete(self, which: int) -> None:
        table = {**self.ws.claims, **self.ws.mentions, **self.ws.corrections}
        self.attempt(lambda: annotate.delete(self.ws, [self.one(table, which)]))

    # -- speakers and scheme

    @rule(which=pick, other=pick)
    def merge_speakers(self, which: int, other: int) -> None:
        kept, gone = (self.one(self.ws.speakers, number) for number in (which, other))
        self.attempt(lambda: merging.merge(self.ws, kept, gone, self.uses(gone)))

    @rule(which=pick, name=st.sampled_from(NAMES), taken=st.sets(st.integers(0, 3)))
    def split_speaker(self, which: int, name: str, taken: set[int]) -> None:
        id_ = self.one(self.ws.speakers, which)
        chosen = [record for number, record in enumerate(self.uses(id_)) if number in taken]
        self.attempt(lambda: merging.split(self.ws, id_, name, chosen))

    @rule(which=pick)
    def delete_speaker(self, which: int) -> None:
        id_ = self.one(self.ws.speakers, which)
        self.attempt(lambda: speakers.delete(self.ws, id_, self.uses(id_)))

    @rule(label=st.sampled_from(["Direct quote", "New form", "Другая"]))
    def add_value(self, label: str) -> None:
        self.attempt(lambda: scheme.add_term(self.ws, "claim.form", label, value="v" if label == "Другая" else ""))

    @rule(value=st.sampled_from(["direct", "v", "indirect"]), new=st.sampled_from(["v", "w", "direct"]))
    def rename_or_retire(self, value: str, new: str) -> None:
        uses = list(self.ws.claims.values())
        self.attempt(lambda: scheme.rename_value(self.ws, "claim.form", value, new, uses))
        self.attempt(lambda: scheme.retire(self.ws, "claim.form", value, new, list(self.ws.claims.values())))

    @rule(scheme_=st.sampled_from(list(BY_KEY.values())))
    def take_scheme(self, scheme_: Scheme) -> None:
        self.attempt(lambda: scheme.choose(self.ws, scheme_))

    @rule(which=pick)
    def restore(self, which: int) -> None:
        if self.seen:
            self.attempt(lambda: restoring.restore(self.ws, self.seen[which % len(self.seen)]))

    # -- undo

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        edit, before = self.done.pop()
        after = self.state()
        self.ws.apply(edit.inverted())
        assert self.state() == before
        self.undone.append((edit, after))

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        edit, after = self.undone.pop()
        before = self.state()
        self.ws.apply(edit)
        assert self.state() == after
        self.done.append((edit, before))

    # -- what always holds

    @invariant()
    def every_place_quotes_the_text(self) -> None:
        for record in (*self.ws.mentions.values(), *self.ws.claims.values(), *self.ws.corrections.values()):
            check_record(TEXT, record)
            if isinstance(record, Claim | Mention):
                assert all(span.exact for span in record.spans)
                assert record.spans

    @invariant()
    def every_link_leads_somewhere(self) -> None:
        held = {"speaker": self.ws.speakers, "claim": self.ws.claims}
        for record in (*self.ws.mentions.values(), *self.ws.claims.values(), *self.ws.corrections.values()):
            assert all(id_ in held[kind] for _, kind, id_ in links_of(record))
        assert find_cycle({claim.id: claim.parent_id for claim in self.ws.claims.values()}) is None

    @invariant()
    def the_corrected_text_is_the_source_with_every_reading_put_in(self) -> None:
        expected = TEXT
        places = [
            (span.start, span.end, c.replacement or "")
            for c in self.ws.corrections.values()
            if c.kind == "transcription" and c.status != "rejected"
            for span in c.spans
        ]
        for start, end, reading in sorted(places, reverse=True):
            expected = expected[:start] + reading + expected[end:]
        pieces = piece_map(TEXT, self.ws.corrections.values())
        assert pieces.text == expected
        for claim in self.ws.claims.values():
            for span in claim.spans:
                there = pieces.to_corrected(span.start, span.end)
                if there is None:  # only what was taken out whole has no place
                    gone = [(start, end) for start, end, reading in places if not reading]
                    assert all(any(s <= at < e for s, e in gone) for at in range(span.start, span.end))
                else:
                    back = pieces.to_source(*there)
                    assert back is not None
                    assert max(back[0], span.start) < min(back[1], span.end)

    @invariant()
    def every_value_is_in_the_scheme(self) -> None:
        for record in (*self.ws.mentions.values(), *self.ws.claims.values(), *self.ws.corrections.values()):
            assert not list(value_problems(record, self.ws.vocabulary))
        assert int(self.ws.scheme.version) >= 1

    @invariant()
    def the_checks_can_be_asked(self) -> None:
        assert len(problems(self.ws, ANN)) >= 0

    def teardown(self) -> None:
        while getattr(self, "done", None):
            self.undo()


TestLabelling = Labelling.TestCase
TestLabelling.settings = settings(max_examples=RUNS, stateful_step_count=STEPS, deadline=None)
