"""One article as it was when somebody asked for it on paper: its records, and what the article view would show."""

from __future__ import annotations

from typing import Literal

from annotator import __version__
from annotator.model import Document
from annotator.services.corrections import piece_map
from annotator.workspace import Workspace
from ui.outline import Outline
from ui.paper.sheet import Running
from ui.presenter import Presenter
from ui.text.document import DisplayMap
from ui.text.scene import Scene
from ui.text.typography import Typography
from ui.theme import LIGHT

View = Literal["source", "corrected", "both"]
NAMES: dict[View, str] = {"source": "Source text", "corrected": "Corrected text", "both": "Side by side"}


class Manuscript:
    """Made of an article that nobody changes any more, so that it may be made on any thread.

    Args:
        document: the article with its annotations and the speakers they name.
        project: the project's name.
        view: which of its texts is printed.
        day: the day of printing, as it is shown.
        typography: see ``paper_typography``. Made on the GUI thread: fonts die with the thread that first used them.

    Raises:
        InvalidEdit: the corrections overlap, so that there is no corrected text.
    """

    def __init__(self, document: Document, project: str, view: View, day: str, typography: Typography) -> None:
        self.ws = Workspace(document.speakers, document)
        self.outline = Outline(self.ws)
        self.legend = Presenter(self.ws, self.outline)
        self.view: View = view
        article, text = document.article, document.source.text
        pieces = piece_map(text, document.corrections) if view != "source" else None
        maps = [DisplayMap(text, article.segments)] if view != "corrected" else []
        if pieces is not None:
            maps.append(DisplayMap(text, article.segments, pieces, beside=maps[0] if maps else None))
        self.scenes = [Scene(LIGHT, display, typography, self.legend) for display in maps]
        """The text of the view; side by side the source text, then the corrected text."""
        marks = self.legend.marks()
        for scene in self.scenes:
            scene.index.load(marks)
        origin = " · ".join(part for part in (article.outlet, article.published) if part)
        made = f"{NAMES[view]} · {project} · printed {day} · Article Annotator {__version__}"
        self.running = Running(article.title or "Untitled", origin, made)
