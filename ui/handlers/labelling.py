"""What the annotate commands do: from the selected words and the selected record to an edit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint

from annotator.edits import Edit
from annotator.errors import AnnotatorError, InvalidEdit
from annotator.model import Correction
from annotator.services import annotate, corrections, speakers
from annotator.services.lookup import NameIndex
from annotator.text import anchors
from annotator.text.sentences import quotation_around, sentence_around
from annotator.text.wording import shorten
from ui.article.pane import ArticlePane
from ui.article.prompt import Prompt
from ui.handlers.chosen import Chosen
from ui.selection import Selection
from ui.store import Store
from ui.text.view import ArticleView


class Labelling(QObject):
    """Acts on the words selected in the active view. Refusals go to the store's ``refused``."""

    def __init__(self, store: Store, selection: Selection, pane: ArticlePane, prompt: Prompt) -> None:
        super().__init__(pane)
        self.pane = pane
        self._store = store
        self._selection = selection
        self.prompt = prompt
        self._chosen = Chosen(store, selection)
        self._last_mark: Callable[[], None] | None = None

    @property
    def view(self) -> ArticleView:
        """The active view."""
        return self.pane.view

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands of the Annotate menu."""
        return {
            "mark_claim": lambda: self._do(self.mark_claim),
            "mark_mention": lambda: self._do(self.mark_mention),
            "mark_cue": lambda: self._do(self.mark_cue),
            "set_source": self.set_source,
            "correct": lambda: self._do(self.correct),
            "regularise": lambda: self._do(self.regularise),
            "add_part": self.add_part,
            "remove_part": self.remove_part,
            "delete": self.delete,
            "repeat": self.repeat,
        }

    def _do(self, mark: Callable[[], None]) -> None:
        self._last_mark = mark
        mark()

    # -- marking ------------------------------------------------------------------------------------------------

    def mark_claim(self) -> None:
        """The selected words become a claim; with none selected, the quotation or the sentence at the caret."""
        ws = self._store.workspace
        self._mark("claim", lambda: annotate.mark_claim(ws, self._words() or self._around_caret(), self._store.author))

    def mark_mention(self) -> None:
        """The selected words become a mention; a speaker known by that name is linked, else the name is asked."""
        ws = self._store.workspace
        known: list[str | None] = [None]

        def make() -> Edit:
            ranges = self._words()
            if not ranges:
                raise InvalidEdit("Select the words that name the speaker first.")
            speaker = speakers.find(ws.speakers.values(), ws.text[ranges[0][0] : ranges[0][1]])
            known[0] = speaker.id if speaker else None
            return annotate.mark_mention(ws, ranges, self._store.author, known[0])

        if self._mark("mention", make) and known[0] is None and (id_ := self._selection.id):
            self.ask_speaker(id_)

    def add_speaker(self) -> None:
        """Mark the selected words as a mention; with none selected, ask for the name of a new speaker."""
        if self.view.has_selection():
            self.mark_mention()
            return
        ws = self._store.workspace
        self._ask("Name of the new speaker:", "", lambda name: speakers.create(ws, name), select="speaker")

    def mark_cue(self) -> None:
        """The selected words become the cue of the selected claim."""
        self._attempt_and_leave(
            lambda: annotate.mark_cue(self._store.workspace, self._chosen.claim().id, self._words())
        )

    def set_source(self) -> None:
        """Ask for the chain of the selected claim. Selected words are proposed, and kept as the mention."""
        ws = self._store.workspace
        try:
            claim, words = self._chosen.claim(), self.selected()
        except InvalidEdit as error:
            self._store.refused.emit(str(error))
            return
        proposal = speakers.chain_line(ws, claim)
        if words:
            names = proposal.split(speakers.SEPARATOR) if proposal else ["?"]
            proposal = speakers.SEPARATOR.join([*names[:-1], self._named_by(words) or names[-1]])

        def make(line: str) -> Edit:
            return speakers.set_chain_line(ws, claim.id, line, [words] if words else [])

        self._ask("Source of the claim, outermost first (A > B > C):", proposal, make, self._store.names, chain=True)

    def _named_by(self, words: tuple[int, int]) -> str:
        """Who the words may stand for: who is marked there, is known by them or may be meant; "" by a pronoun alone."""
        ws = self._store.workspace
        marked = ws.mentions.get(self._store.outline.mention_at((words,)) or "")
        if name := ws.shown_name(marked.speaker_id) if marked else None:
            return name
        quoted = " ".join(ws.text[slice(*words)].split())
        if annotate.guess_mention_kind(quoted) == "pronoun":
            return ""
        known = speakers.find(ws.speakers.values(), quoted)
        return known.name if known else self._likely(quoted) or quoted

    def correct(self) -> None:
        """Ask what the selected words should read; with no selection, what to insert at the caret.

        Where they are corrected already, in any of the views, the answer changes that correction.
        """
        ws = self._store.workspace
        start, end, text = corrections.reading(ws, *self.view.place_to_correct())
        exact = ws.text[start:end]
        question = f"Replace “{shorten(exact)}” with (empty: leave out):" if exact else "Insert here:"

        def make(replacement: str) -> Edit:
            return corrections.correct(ws, start, end, replacement, self._store.author)

        self._ask(question, text, make, select="correction")

    def regularise(self) -> None:
        """Ask for another spelling of the selected words; the text stays. One that they have already is changed."""
        ws = self._store.workspace
        try:
            words = self._words()
        except InvalidEdit as error:
            self._store.refused.emit(str(error))
            return
        if not words:
            self._store.refused.emit("Select the words to regularise first.")
            return
        former, exact = corrections.regularised(ws, words), ws.text[slice(*words[0])]
        question = f"Another spelling of “{shorten(exact)}”, for searching; the text stays:"
        text = (former.replacement if former else None) or exact

        def make(spelling: str) -> Edit:
            return corrections.regularise(ws, words, spelling, self._store.author)

        self._ask(question, text, make, select="correction")

    # -- changing -----------------------------------------------------------------------------------------------

    def add_part(self) -> None:
        """Add the selected words to the selected annotation."""

        def make() -> Edit:
            record = self._chosen.annotation()
            words = self.selected(trim=not isinstance(record, Correction))
            if words is None:
                raise InvalidEdit("Select the words to add first.")
            return annotate.add_part(self._store.workspace, record.id, *words)

        self._attempt_and_leave(make)

    def remove_part(self) -> None:
        """Take the selected words, or the part under the caret, out of the selected annotation."""

        def make() -> Edit:
            record = self._chosen.annotation()
            words = self.selected(trim=not isinstance(record, Correction))
            if words is None:
                caret = self.view.caret()
                part = next((s for s in record.spans if s.start <= caret <= s.end), None)
                if part is None:
                    raise InvalidEdit("Select the words to take out, or put the caret into a part.")
                words = (part.start, part.end)
            return annotate.remove_range(self._store.workspace, record.id, *words)

        self._attempt_and_leave(make)

    def delete(self) -> None:
        """Delete the selected annotation and select the next one of its kind."""
        following = self._following()
        kind = self._selection.kind
        if self._attempt(lambda: annotate.delete(self._store.workspace, [self._chosen.annotation().id])):
            if following is not None and kind is not None:
                self._selection.select(kind, following, reveal=False)
            else:
                self._selection.clear()

    def repeat(self) -> None:
        """Do the last marking again, on the words that are selected now."""
        if self._last_mark is None:
            self._store.refused.emit("Nothing was marked yet.")
        else:
            self._last_mark()

    def _following(self) -> str | None:
        """The annotation after the selected one of its kind; of the last one, that before it."""
        chosen = self._store.workspace.annotation(self._selection.id or "")
        order = self._store.outline.order(self._selection.kind or "")
        if chosen is None or len(order) < 2:
            return None
        here = order.index(chosen.id)
        return order.at(here + 1 if here + 1 < len(order) else here - 1)

    # -- helpers ------------------------------------------------------------------------------------------------

    def _attempt(self, make: Callable[[], Edit]) -> bool:
        if (locked := self._store.locked) is not None:
            self._store.refused.emit(locked)  # whatever else stands in the way
            return False
        return self._store.attempt(make)

    def _attempt_and_leave(self, make: Callable[[], Edit]) -> None:
        """Words that were used are no longer selected, so that the next key does not use them again."""
        if self._attempt(make):
            self.view.set_caret(self.view.selected_range()[0])

    def _mark(self, kind: str, make: Callable[[], Edit]) -> bool:
        made: list[Edit] = []

        def build() -> Edit:
            made.append(make())
            return made[0]

        if not self._attempt(build):
            return False
        start = self.view.selected_range()[0]
        self.view.set_caret(start)
        self._selection.select(kind, made[0].changes[0].id, reveal=False)
        return True

    def _ask(
        self,
        question: str,
        text: str,
        make: Callable[[str], Edit],
        names: NameIndex | None = None,
        select: str | None = None,
        *,
        chain: bool = False,
    ) -> None:
        def accept(answer: str) -> str | None:
            try:
                edit = make(answer)
                self._store.edit(edit)
            except AnnotatorError as error:
                return str(error)
            if select is not None and edit and edit.changes[0].after is not None:
                self._selection.select(select, edit.changes[0].id, reveal=False)
            return None

        locked = self._store.locked
        if locked is not None and (self._store.read_only or select != "speaker"):
            self._store.refused.emit(locked)
            return
        self.prompt.ask(question, text, self.below_words(), accept, names, chain=chain)

    def ask_speaker(self, mention_id: str) -> None:
        """Ask who a mention is; a name that nobody has yet adds a speaker."""
        mention = self._store.workspace.mentions[mention_id]
        name = " ".join(mention.spans[0].exact.split()) if mention.kind == "name" else ""
        likely = self._likely(name)
        self._ask(
            f"Who is “{shorten(mention.spans[0].exact)}”? A new name adds a speaker.",
            likely or name,
            lambda answer: speakers.assign(self._store.workspace, mention_id, answer),
            self._store.names,
        )

    def _likely(self, name: str) -> str | None:
        """The one speaker whose name ends in ``name`` ("Lavrov"), if there is exactly one."""
        key = speakers.key(name)
        found = [s.name for s in self._store.workspace.speakers.values() if speakers.key(s.name).split()[-1:] == [key]]
        return found[0] if len(found) == 1 else None

    def below_words(self) -> QPoint:
        """Where a question about the words at the caret is asked, in the pane's coordinates."""
        self.view.scrolling.finish()
        corner: QPoint = self.view.cursorRect().bottomLeft() + QPoint(0, 12)
        return self.view.viewport().mapTo(self.pane, corner)

    def selected(self, *, trim: bool = True) -> tuple[int, int] | None:
        """The selected words; with ``trim`` without blanks around them, which a correction may be about.

        Raises InvalidEdit when the source text has none of them.
        """
        start, end = self.view.selected_range()
        if start == end and self.view.has_selection():
            raise InvalidEdit("A correction put these words in; select words of the source text as well.")
        if trim:
            start, end = anchors.trim(self._store.workspace.text, start, end)
        return (start, end) if start < end else None

    def _words(self) -> list[tuple[int, int]]:
        words = self.selected()
        return [words] if words else []

    def _around_caret(self) -> list[tuple[int, int]]:
        """The quotation or sentence at the caret, within its segment: a date line is no part of what follows it.

        Raises InvalidEdit when there is none, as behind the last one.
        """
        ws, caret = self._store.workspace, self.view.caret()
        segments = ws.article.segments if ws.article else ()
        low, high = next(((s.start, s.end) for s in segments if s.start <= caret <= s.end), (0, len(ws.text)))
        text = ws.text[low:high]
        start, end = quotation_around(text, caret - low) or sentence_around(text, caret - low)
        if start == end:
            raise InvalidEdit("There is no sentence at the caret: put it into one, or select the words first.")
        return [(low + start, low + end)]
