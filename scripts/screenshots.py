"""Draw the pictures of the documentation, all anew: ``.venv/bin/python scripts/screenshots.py [NAME …]``.

Everything is made up here or comes from the sample, nothing is read from the machine but its fonts: with the Noto fonts
installed (``apt install fonts-noto-core``) the Arabic article looks as it does in the kept picture.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from annotator.edits import Changeset, Edit
from annotator.ports import Project
from annotator.services import annotate, articles, corrections, speakers
from annotator.services.annotate import Author
from annotator.services.importing import import_files
from annotator.workspace import Workspace
from db.project import create_project, open_project
from seeds import sample_gold_path
from ui.application import make_application
from ui.main import build, shut_down
from ui.main_window import MainWindow
from ui.paper.manuscript import Manuscript
from ui.paper.printout import Printout
from ui.paper.sheet import PaperSheet, page_layout
from ui.paper.type import paper_typography
from ui.screenshot import wait_for_article
from ui.settings import Settings

OUT = Path(__file__).resolve().parent.parent / "docs"
MOST_BYTES = 250_000
SAMPLE, HARBOUR, BRIDGE = 0, 1, 2
"""The articles, in the order of the project."""
AUTHOR = Author("Ann")
HARBOUR_TEXT = """Ferry to the Islands Stays in Port Until Summer

12 March 2026

The harbour authority said on Tuesday that the storm had damaged at least 40 of the 112 moorings, that the repairs \
would cost some 3.5 million and that the ferry to the islands would not sail before June, because the old quay, which \
the mayor had called safe only last autumn, could give way under the weight of the lorries.

"Nobody will board a ship," the mayor replied, "before the engineers have looked at every pile." She added that the \
island council had been told in January.
"""
BRIDGE_TEXT = """الجسر الجديد يفتح في أيار

١٢ آذار ٢٠٢٦

قال وزير الأشغال سامي حداد إن الجسر سيفتح أمام السيارات في أيار المقبل، وأضاف أن كلفة الإصلاح بلغت ١٢ مليون دينار، أي \
ضعف ما أعلنته البلدية قبل عامين.

ونقلت صحيفة «الميناء» عن مهندس في المشروع قوله إن الأعمدة القديمة لم تفحص منذ عام 1998.
"""


@dataclass(frozen=True)
class Shot:
    """One picture: which article in a window of which size, what is done first, and what is drawn."""

    name: str
    article: int
    size: tuple[int, int]
    prepare: Callable[[MainWindow], None]
    theme: str = "light"
    zoom: int = 100
    draw: Callable[[MainWindow], QWidget] = lambda window: window


# ---- what is labelled


class Labeller:
    """Labels one article of a project by its words."""

    def __init__(self, project: Project, article: int) -> None:
        self._project = project
        self._ws = Workspace(project.speakers(), project.document(project.article_ids()[article]))

    def claim(self, chain: str, *parts: str, parent: str | None = None, form: str = "indirect") -> str:
        """A claim with these parts; its id comes back."""
        made = self._do(annotate.mark_claim(self._ws, [self._place(part) for part in parts], AUTHOR))
        self._do(speakers.set_chain_line(self._ws, made, chain))
        self._do(annotate.change(self._ws, made, form=form, parent_id=parent))
        return made

    def cue(self, claim: str, words: str) -> None:
        self._do(annotate.mark_cue(self._ws, claim, [self._place(words)]))

    def mention(self, words: str, name: str) -> None:
        made = self._do(annotate.mark_mention(self._ws, [self._place(words)], AUTHOR))
        self._do(speakers.assign(self._ws, made, name))

    def reopen(self) -> None:
        """What is done is frozen, and no picture of work."""
        self._do(articles.change(self._ws, state="in_progress"))

    def correct(self, words: str, replacement: str) -> None:
        self._do(corrections.mark(self._ws, [self._place(words)], replacement, AUTHOR))

    def _place(self, words: str) -> tuple[int, int]:
        start = self._ws.text.index(words)
        return start, start + len(words)

    def _do(self, edit: Edit) -> str:
        if not edit:
            return ""
        self._ws.apply(edit)
        with self._project.begin() as unit:
            unit.apply(Changeset.of(edit, AUTHOR.name))
            unit.commit()
        return edit.changes[-1].id


def label_harbour(by: Labeller) -> None:
    """Six claims lie on one sentence, one inside the other; the innermost is in two parts."""
    end = "could give way under the weight of the lorries"
    text = HARBOUR_TEXT

    def upto(start: str) -> str:
        return text[text.index(start) : text.index(end) + len(end)]

    first = by.claim("Harbour authority", upto("the storm had damaged"))
    by.cue(first, "said")
    by.mention("The harbour authority", "Harbour authority")
    second = by.claim("Harbour authority > Insurer", upto("the repairs"), parent=first)
    third = by.claim("Harbour authority", upto("the ferry to the islands would"), parent=second)
    fourth = by.claim("Harbour authority > Engineers", upto("the old quay"), parent=third)
    fifth = by.claim("Harbour authority > The mayor", "the old quay", "safe only last autumn", parent=fourth)
    by.claim("The mayor", "the mayor had called safe", parent=fifth)
    by.cue(fifth, "had called")
    by.mention("the mayor", "The mayor")
    quote = by.claim("The mayor", '"Nobody will board a ship,"', upto_quote(text), form="direct")
    by.cue(quote, "replied")
    added = by.claim("The mayor", "the island council had been told in January")
    by.cue(added, "added")


def upto_quote(text: str) -> str:
    """The second half of the mayor's quotation."""
    start = text.index('"before the engineers')
    return text[start : text.index('."', start) + 2]


def label_bridge(by: Labeller) -> None:
    """An article from right to left, with a correction."""
    said = by.claim("سامي حداد", "الجسر سيفتح أمام السيارات في أيار المقبل")
    by.cue(said, "قال")
    by.mention("وزير الأشغال سامي حداد", "سامي حداد")
    cost = by.claim("سامي حداد", "كلفة الإصلاح بلغت ١٢ مليون دينار، أي ضعف ما أعلنته البلدية قبل عامين")
    by.cue(cost, "وأضاف")
    by.claim("البلدية", "ما أعلنته البلدية قبل عامين", parent=cost)
    pillars = by.claim("الميناء > مهندس", "الأعمدة القديمة لم تفحص منذ عام 1998")
    by.cue(pillars, "ونقلت")
    by.mention("صحيفة «الميناء»", "الميناء")
    by.correct("1998", "١٩٩٨")


def make_project(folder: Path) -> str:
    """A project with the three articles."""
    path = folder / "Harbour news.annotator"
    project = create_project(str(path))
    texts = {"ferry.txt": HARBOUR_TEXT, "bridge.txt": BRIDGE_TEXT}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    import_files(project, [sample_gold_path(), *(folder / name for name in texts)], annotator=AUTHOR.name)
    Labeller(project, SAMPLE).reopen()
    label_harbour(Labeller(project, HARBOUR))
    label_bridge(Labeller(project, BRIDGE))
    project.close()
    return str(path)


# ---- what is done before a picture is taken


def select(number: int) -> Callable[[MainWindow], None]:
    """Choose a claim by its number and show it."""

    def choose(window: MainWindow) -> None:
        window.selection.select("claim", window.store.outline.claims.at(number - 1))

    return choose


def show(mode: str, number: int) -> Callable[[MainWindow], None]:
    """Show another view with a claim chosen."""

    def choose(window: MainWindow) -> None:
        window.pane.set_mode(mode)
        select(number)(window)

    return choose


def hover(window: MainWindow) -> None:
    """Explain the claim with the longest chain, as the key does."""
    select(8)(window)
    settle()
    window.pane.focus_article()
    window.actions_["show_card"].trigger()


def focus(window: MainWindow) -> None:
    """The article alone."""
    select(3)(window)
    window.actions_["focus_mode"].trigger()


SHOTS = (
    Shot("screenshot-light", SAMPLE, (1500, 940), select(16)),
    Shot("view-dark", SAMPLE, (1280, 800), select(16), theme="dark"),
    Shot("view-six-overlaps", HARBOUR, (1500, 700), select(5), draw=lambda window: window.pane),
    Shot("view-chain", SAMPLE, (1500, 860), select(16), draw=lambda window: window.pane),
    Shot("view-source", SAMPLE, (1500, 620), show("source", 3), draw=lambda window: window.pane),
    Shot("view-corrected", SAMPLE, (1500, 620), show("corrected", 3), draw=lambda window: window.pane),
    Shot("view-both", SAMPLE, (1600, 760), show("both", 3), draw=lambda window: window.pane),
    Shot("view-right-to-left", BRIDGE, (1500, 560), select(2), draw=lambda window: window.pane),
    Shot("view-200-percent", SAMPLE, (1500, 800), select(3), zoom=200, draw=lambda window: window.pane),
    Shot("view-small-window", SAMPLE, (1000, 620), select(4)),
    Shot("view-hover-card", SAMPLE, (1500, 760), hover, draw=lambda window: window.pane),
    Shot("view-focus-mode", SAMPLE, (1280, 760), focus),
)


# ---- taking pictures


def take(shot: Shot, location: str, folder: Path) -> None:
    """Draw one picture into the documentation."""
    settings = Settings(folder / f"{shot.name}.ini")
    for key, value in (("theme", shot.theme), ("motion", "reduced"), ("zoom", shot.zoom), ("annotator", AUTHOR.name)):
        settings.set(key, value)
    window = build(settings, folder)
    window.resize(QSize(*shot.size))
    window.show()
    if problem := wait_for_article(window, lambda: window.files.open(location, article=shot.article + 1)):
        raise SystemExit(problem)
    settle()
    shot.prepare(window)
    settle()
    keep(shot.name, picture_of(window, shot.draw(window)))
    window.close()
    shut_down(window)


def settle() -> None:
    """Let everything be laid out and painted: what one event asks for, another does."""
    for _ in range(20):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def picture_of(window: MainWindow, part: QWidget) -> QImage:
    """A part of the window, with the card that hovers over it."""
    card = window.pane.hovering.card
    drawn = (part.mapFromGlobal(card.pos()), card.grab()) if card.isVisible() else None  # drawing the rest hides it
    picture = part.grab().toImage()
    if drawn is not None:
        painter = QPainter(picture)
        painter.drawPixmap(*drawn)
        painter.end()
    return picture


def take_page(location: str) -> None:
    """Draw the first printed page of the sample."""
    project = open_project(location, "read")
    document = project.document(project.article_ids()[SAMPLE])
    sheet = PaperSheet(page_layout("A4"))
    typography = paper_typography(document.source.text)
    printout = Printout(Manuscript(document, project.name, "source", "12 March 2026", typography), sheet)
    project.close()
    for _ in printout.steps():
        pass
    dots, margin = 96, 53
    full = sheet.layout.fullRectPixels(dots).size()
    picture = QImage(full, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFFFF)
    painter = QPainter(picture)
    painter.translate(margin, margin)
    sheet.scale(painter, dots)
    printout.paint(painter, 1)
    painter.end()
    keep("view-on-paper", picture)


def keep(name: str, picture: QImage) -> None:
    """Write a picture in 256 colours, which suffice for a few inks on a few grounds and take a third of the room."""
    path = OUT / f"{name}.png"
    full = picture.convertToFormat(QImage.Format.Format_RGB32)
    counts = Counter(memoryview(full.constBits()).cast("I"))
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    small = full.convertToFormat(QImage.Format.Format_Indexed8, palette(counts), flags)
    small.save(str(path), quality=0)
    size = path.stat().st_size
    print(f"{path.name}  {small.width()}×{small.height()}  {size // 1000:,} kB", flush=True)
    if size > MOST_BYTES:
        raise SystemExit(f"{path.name} is larger than {MOST_BYTES // 1000} kB: take less of the window.")


def palette(counts: Counter[int]) -> list[int]:
    """256 colours for a picture with these: the grounds and inks themselves, and what stands for the edges of letters.

    The box of colours that varies most is halved until there are enough.
    """
    plain = [colour for colour, _ in counts.most_common(96)]
    boxes = [list(counts)]
    while len(boxes) < 256 - len(plain):
        ranges = [max((spread(box, shift) * len(box) ** 0.5, shift) for shift in (0, 8, 16)) for box in boxes]
        widest = max(range(len(boxes)), key=lambda index: ranges[index])
        if ranges[widest][0] == 0:
            break
        shift = ranges[widest][1]
        box = sorted(boxes.pop(widest), key=lambda colour: colour >> shift & 255)
        boxes += [box[: len(box) // 2], box[len(box) // 2 :]]
    return plain + [max(box, key=lambda colour: counts[colour]) for box in boxes]


def spread(box: list[int], shift: int) -> int:
    """How far apart the colours of a box are in one of red, green and blue."""
    values = [colour >> shift & 255 for colour in box]
    return max(values) - min(values)


def main(names: list[str]) -> None:
    """Take all pictures, or those that are named."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_LOGGING_RULES"] = "default.warning=false"
    make_application()
    with tempfile.TemporaryDirectory(prefix="article-annotator-") as folder:
        location = make_project(Path(folder))
        for shot in SHOTS:
            if not names or shot.name in names:
                take(shot, location, Path(folder))
        if not names or "view-on-paper" in names:
            take_page(location)


if __name__ == "__main__":
    main(sys.argv[1:])
