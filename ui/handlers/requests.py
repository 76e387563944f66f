"""What is asked where no edit settles a problem by itself, by the name that the problem's step gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from annotator.checks.base import Fix, Problem
from annotator.services.chains import CUE
from ui.handlers.articles import ArticleCommands
from ui.handlers.labelling import Labelling
from ui.handlers.placing import Placing
from ui.handlers.speakers import SpeakerCommands
from ui.panels.corrections import CorrectionsPanel

Ask = Callable[[Problem, Fix], None]


def requests(
    labelling: Labelling,
    articles: ArticleCommands,
    speakers: SpeakerCommands,
    corrections: CorrectionsPanel,
    pick: Callable[[str, int, str], None],
    placing: Placing,
) -> Mapping[str, Ask]:
    """All of them. The record of the problem is selected when one is called.

    ``pick`` begins to pick the words of a hop in the article: a claim, which hop, which of its words.
    """

    def set_source(_problem: Problem, _fix: Fix) -> None:
        labelling.pane.focus_article()
        labelling.set_source()

    return {
        "article_details": lambda _problem, _fix: articles.details(),
        "merge_speakers": lambda _problem, fix: speakers.merge(*fix.about),
        "set_source": set_source,
        "mark_cue": lambda problem, fix: pick(problem.id or "", fix.hop, CUE),
        "assign_mention": lambda problem, _fix: labelling.ask_speaker(problem.id or ""),
        "factual_claim": lambda _problem, _fix: corrections.editor.ask_claim(),
        "evidence": lambda _problem, _fix: corrections.editor.ask_evidence(),
        "place_quarantined": placing.ask,
    }
