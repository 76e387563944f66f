"""What takes the whole project or a whole list: how long the window does not answer, and what it costs in all.

    .venv/bin/python benchmarks/panels.py                     everything; the project is made first, two minutes
    .venv/bin/python benchmarks/panels.py --keep FOLDER       make the project there, or take the one that is there
    .venv/bin/python benchmarks/panels.py --part bulk         opening, and this part only
    .venv/bin/python benchmarks/panels.py --only redo         what has this in its name
    .venv/bin/python benchmarks/panels.py --profile           … with the costliest functions of each

The project is that of large.py. Each figure is of one run: milliseconds of processor time of the window's thread (the
machine may be busy), and behind it what the clock said. The aim for every stall is 50. Asserts nothing.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import shutil
import tempfile
import time
from collections.abc import Callable, Collection
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
import large
from heart import Heart
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from texts import PROJECT

AIM = 50
PATIENCE = 120
PARTS = ("claims", "bulk", "corrections", "beside", "speakers", "scheme", "everywhere", "history")
CTRL = Qt.KeyboardModifier.ControlModifier
Act = Callable[[], None]


class Panels:
    """The whole window over the large project, and one measure for each operation."""

    def __init__(self, folder: Path, only: str, *, profile: bool) -> None:
        from ui.application import make_application
        from ui.main import build, tune
        from ui.settings import Settings

        self.app = make_application()
        self.app.setCursorFlashTime(0)
        self.heart = Heart()
        self.only, self.profiled = only, profile
        self.location = str(folder / PROJECT)
        self.window = build(Settings(folder / "settings.ini"), folder)
        self.window.settings.set("motion", "reduced")
        tune(self.window)
        self.window.resize(1500, 940)
        self.window.show()
        self.store = self.window.store
        self.actions = self.window.actions_
        self.window.activateWindow()

    # -- measuring ----------------------------------------------------------------------------------------------

    def settled(self) -> bool:
        """Whether nothing is being read, written, checked or shown a little later."""
        store, checking = self.store, self.window.checking
        return store.unsaved == 0 and store._reading._wanted is None and store._busy is None and checking.fresh

    def wait(self, until: Callable[[], bool] | None = None) -> None:
        """Turn the event loop until it is so."""
        end, loop = time.perf_counter() + PATIENCE, QEventLoop()
        timer = QTimer()
        timer.timeout.connect(lambda: loop.quit() if (until or self.settled)() else None)
        timer.timeout.connect(lambda: loop.quit() if time.perf_counter() > end else None)
        timer.start(20)
        loop.exec()
        if not (until or self.settled)():
            raise RuntimeError("it did not come to rest")

    def measure(self, name: str, action: Act, until: Callable[[], bool] | None = None) -> None:
        """Do it, wait until it is done and all have followed, and print what it cost; unmeasured when not wanted."""
        wanted = self.only in name
        profiler = cProfile.Profile() if wanted and self.profiled else None
        if profiler:
            profiler.enable()
        begin = time.perf_counter()
        self.heart.start()
        action()
        if until:
            self.wait(until)
        self.wait()
        took = (time.perf_counter() - begin) * 1000
        longest = self.heart.stop(0.35)
        if profiler:
            profiler.disable()
        if wanted:
            hardest = self.heart.hardest
            verdict = "" if hardest <= AIM else "missed"
            line = f"{name:<58}{hardest:>7.0f}{longest:>9.0f}{self.heart.spent:>9.0f}{took:>9.0f}  {verdict}"
            print(line.rstrip(), flush=True)
        if profiler:
            pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)

    def typed(self, name: str, field, text: str, until: Callable[[], bool] | None = None) -> None:
        """Each key by itself."""
        for number, letter in enumerate(text, 1):
            self.measure(f"{name}, key {number}", lambda letter=letter: QTest.keyClick(field, letter), until)

    def do(self, command: str) -> None:
        self.actions[command].trigger()

    def dialog(self, kind: type) -> QDialog:
        return next(d for d in self.window.findChildren(kind) if d.isVisible())

    # -- operations ---------------------------------------------------------------------------------------------

    def run(self, parts: Collection[str]) -> None:
        print(f"{'':<58}{'longest stall':>16}{'in all':>18}")
        print(f"{'':<58}{'cpu':>7}{'clock':>9}{'cpu':>9}{'clock':>9}")
        self.opening()
        for part in PARTS:
            if not parts or part in parts:
                getattr(self, part)()

    def opening(self) -> None:
        files, store = self.window.files, self.store
        opened = lambda: store.project is not None and store.workspace.article is not None  # noqa: E731
        self.measure("open the project", lambda: files.open(self.location), opened)
        self.measure("next article, a short one", lambda: self.do("next_article"))
        self.measure("open the article of 10,000 claims", lambda: self.do("previous_article"))
        panel = self.window.articles
        panel.focus_filter()
        self.typed("filter 2,000 articles", panel.filter, "ba")
        self.measure("filter 2,000 articles, cleared", panel.filter.clear)
        self.wait()

    def claims(self) -> None:
        from ui.models.claim_shape import FORM, SPEAKER

        panel = self.window.claims
        self.measure("claims as a table", lambda: panel.set_mode("table"))
        self.measure("sort claims by speaker", lambda: panel._sort(SPEAKER))
        self.measure("sort claims by form", lambda: panel._sort(FORM))
        self.measure("… in the text's order again", panel.filter.reset)
        self.measure("show the claims' filter", panel.show_filter)
        self.measure("filter claims by words", lambda: QTest.keyClicks(panel.filter.line, "ba"))
        self.measure("… no more", panel.filter.reset)
        self.measure("group claims by speaker", panel.filter._setter("grouped", value=True))
        self.measure("… no more", panel.filter.reset)
        self.measure("claims with problems only", panel.filter._setter("problems", value=True))
        self.measure("… no more", panel.filter.reset)
        self.measure("claims as cards", lambda: panel.set_mode("cards"))
        first = panel.model.keys[0]
        self.measure("select a claim", lambda: self.window.selection.select("claim", first))

    def _undone(self, name: str) -> None:
        """Undo and redo, and undo again unmeasured."""
        self.measure(f"undo: {name}", self.store.undo, lambda: self.store.redo_title is not None)
        title = self.store.redo_title
        self.measure(f"redo: {name}", self.store.redo, lambda: self.store.redo_title != title)
        self.store.undo()
        self.wait(lambda: self.store.redo_title == title)
        self.wait()

    def bulk(self) -> None:
        panel, bar = self.window.claims, self.window.claims.bulk
        panel.table.setFocus()
        self.measure("choose all 10,000 claims", lambda: QTest.keyClick(panel.table, Qt.Key.Key_A, CTRL))
        for field, value in (("form", "reported"), ("add_tags", "seen"), ("chain_line", large.OTHER)):
            panel.table.selectAll()
            bar.field.set_value(field)
            bar._show_editor()
            bar.editors[field].set_value(value)
            self.measure(f"bulk: {field} of 10,000 claims", bar.apply, lambda: self.store.unsaved == 0)
            self._undone(f"bulk {field}")
        panel.table.selectAll()
        self.measure("bulk: delete 10,000 claims", bar.delete_all)
        self._undone("bulk delete")

    def corrections(self) -> None:
        panel = self.window.corrections
        self.window.selection.select("correction", panel.model.keys[0])
        panel.table.setFocus()
        self.measure("choose all 10,000 corrections", lambda: QTest.keyClick(panel.table, Qt.Key.Key_A, CTRL))
        self.measure("accept 10,000 corrections", lambda: panel.judge("accepted"))
        self._undone("accept corrections")
        panel.table.selectAll()
        self.measure("reject 10,000 corrections", lambda: panel.judge("rejected"))
        self._undone("reject corrections")
        self.window.selection.clear()

    def beside(self) -> None:
        from annotator.services import annotate, corrections

        store, pane, ws = self.store, self.window.pane, self.store.workspace
        middle = len(ws.text) // 2
        mark = lambda: store.edit(annotate.mark_claim(ws, [(middle, middle + 60)], store.author))  # noqa: E731
        self.measure("a new claim, and the problems anew", mark)
        self.measure("switch to both side by side", lambda: pane.set_mode("both"))
        pane.view.set_caret(middle)
        self.wait()
        for place in (middle, 2 * middle - 3000, 1000):
            free = place
            while any(s.start < free + 4 and s.end > free for c in ws.corrections.values() for s in c.spans):
                free += 1
            edit = lambda at=free: corrections.mark(ws, [(at, at + 3)], "amended", store.author)  # noqa: E731
            name = f"a correction side by side, at {100 * place // len(ws.text)} %"
            self.measure(name, lambda edit=edit: store.edit(edit()))
            self.measure(f"undo: {name}", store.undo)
        self.measure("… back to the source text", lambda: pane.set_mode("source"))

    def speakers(self) -> None:
        window, store, panel = self.window, self.store, self.window.speakers
        self.measure("list all 10,000 speakers", lambda: panel.show_all(everybody=True))
        panel.search.setFocus()
        self.typed("find a speaker in the panel", panel.search, "ova")
        self.measure("… cleared", panel.search.clear)
        ids = {speaker.name: id_ for id_, speaker in store.workspace.speakers.items()}
        many, other = ids[large.MANY], ids[large.OTHER]
        self.measure("select the speaker of 10,000 uses", lambda: window.selection.select("speaker", many))
        self.measure("rename it", lambda: panel._rename(many, "Someone Else"))
        self._undone("rename")
        self._typing_ahead(other)
        self._merging(many, other)
        self._splitting(many)

    def _typing_ahead(self, other: str) -> None:
        from ui.dialogs.merge_speakers import MergeSpeakers

        self.measure("open the merge dialog", lambda: self.window.speaker_commands.merge(other, None))
        dialog = self.dialog(MergeSpeakers)
        dialog.activateWindow()
        dialog.picker.setFocus()
        self.typed("type ahead on 10,000 speakers", dialog.picker, "babo xu")
        dialog.reject()
        self.wait()

    def _merging(self, many: str, other: str) -> None:
        from ui.dialogs.merge_speakers import MergeSpeakers

        commands = self.window.speaker_commands
        shown: list[MergeSpeakers] = []

        def show() -> None:
            commands.merge(other, many)
            shown.append(self.dialog(MergeSpeakers))
            shown[0].columns[0].keep.click()

        self.measure("merge a speaker of 10,000 uses: preview", show, lambda: bool(shown[0].accept_button.isEnabled()))
        self.measure("merge them", shown[0].accept_button.click)
        self._undone("merge")

    def _splitting(self, many: str) -> None:
        from ui.dialogs.split_speaker import SplitSpeaker

        shown: list[SplitSpeaker] = []

        def show() -> None:
            self.window.speaker_commands.split(many)
            shown.append(self.dialog(SplitSpeaker))

        self.measure("split a speaker of 10,000 uses: list", show, lambda: bool(shown[0].uses.uses()))
        dialog = shown[0]
        tick = lambda: dialog.uses.setData(  # noqa: E731
            dialog.uses.index(0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole
        )
        self.measure("tick all uses", tick)
        dialog.name.setFocus()
        self.typed("name the other speaker", dialog.name, "Zz")
        self.measure("split them", dialog.accept_button.click)
        self._undone("split")

    def scheme(self) -> None:
        from ui.scheme.retire import RetireDialog

        command = self.window.project_commands.scheme
        store = self.store
        ready = lambda: bool(command._dialog and command._dialog.labels._counts)  # noqa: E731
        self.measure("open the scheme dialog", command.show, ready)
        labels = command._dialog.labels
        row = next(r for r in range(labels.fields.count()) if labels.fields.item(r).data(256) == "correction.cause")
        labels.fields.setCurrentRow(row)
        labels._messages.ask = lambda _question, _button, act: act()
        version = lambda was: lambda: store.workspace.scheme.version != was  # noqa: E731
        uses = store.workspace.scheme.version
        self.measure("rename a value used 10,000 times", lambda: labels._rename("ocr", "misread"), version(uses))
        self._undone("rename a value")
        labels.list.go_to("ocr")

        self.measure("ask to retire it", labels.retire.click, lambda: bool(labels.findChildren(RetireDialog)))
        dialog = labels.findChildren(RetireDialog)[-1]
        dialog.choice.setCurrentIndex(1)
        self.measure("retire a value used 10,000 times", dialog.accept, version(store.workspace.scheme.version))
        self._undone("retire a value")
        command._dialog.close()
        self.wait()

    def everywhere(self) -> None:
        from annotator.services.search import Query
        from ui.dialogs import everywhere

        shown: list[everywhere.Everywhere] = []

        def show() -> None:
            everywhere.show(self.store, Query(large.WRONG, case=True, words=True), "the", lambda *_: None, self.window)
            shown.append(self.dialog(everywhere.Everywhere))

        self.measure("correct everywhere: 2,000 places listed", show, lambda: not shown[0]._busy)
        dialog = shown[0]
        self.measure("tick none", dialog._tick_all)
        self.measure("tick all", dialog._tick_all)
        self.measure("untick one", lambda: dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked))
        self.measure("correct in 1,000 articles", dialog.accept_button.click, lambda: not dialog.isVisible())
        self._undone("correct everywhere")

    def history(self) -> None:
        from ui.dialogs.history import HistoryDialog
        from ui.dialogs.timeline import TimelineDialog

        history = self.window.project_commands.history
        listed = lambda: self.dialog(TimelineDialog).list.count() > 0  # noqa: E731
        self.measure("open the timeline of 50,000 steps", history.show_timeline, listed)
        timeline = self.dialog(TimelineDialog)
        idle = lambda: not timeline._reading  # noqa: E731
        self.measure("… the next page", timeline.read_more, idle)
        self.measure("a step of 4,000 changes", lambda: timeline.list.setCurrentRow(1), lambda: bool(timeline._changes))
        self.measure("… by one annotator only", lambda: self._filter(timeline), idle)
        timeline.reject()
        ids = {speaker.name: id_ for id_, speaker in self.store.workspace.speakers.items()}
        self.window.selection.select("speaker", ids[large.OTHER])
        self.wait()
        versions = lambda: self.dialog(HistoryDialog).list.count() > 0  # noqa: E731
        self.measure("history of a record of 50,000 versions", history.show, versions)
        dialog = self.dialog(HistoryDialog)
        dialog.list.setCurrentRow(3)
        self.wait()
        self.measure("restore a version", dialog.restore.click)
        self.measure("undo: restore a version", self.store.undo)
        dialog.reject()
        self.wait()

    @staticmethod
    def _filter(timeline) -> None:
        timeline.actor.setCurrentIndex(1)
        timeline.actor.activated.emit(1)

    def close(self) -> None:
        from ui.main import shut_down

        self.window.close()
        shut_down(self.window)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="the folder of the project; made when it is not there")
    parser.add_argument("--part", choices=PARTS, action="append", help="opening and this part only (again for more)")
    parser.add_argument("--only", default="", help="print what has this in its name")
    parser.add_argument("--profile", action="store_true", help="print the costliest functions, too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        kept, folder = arguments.keep or Path(name) / "kept", Path(name)
        if not (kept / PROJECT).exists():
            kept.mkdir(parents=True, exist_ok=True)
            large.write(kept)
        shutil.copy(kept / PROJECT, folder / PROJECT)
        panels = Panels(folder, arguments.only, profile=arguments.profile)
        try:
            panels.run(arguments.part or ())
        finally:
            panels.close()
    QApplication.processEvents()


if __name__ == "__main__":
    main()
