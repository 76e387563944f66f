"""What is asked where no edit settles a problem by itself, by the name that the problem's step gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from annotator.checks.base import Fix, Problem
from ui.handlers.articles import ArticleCommands
from ui.handlers.labelling import Labelling
from ui.handlers.speakers import SpeakerCommands
from ui.panels.corrections import CorrectionsPanel

Ask = Callable[[Problem, Fix], None]
_CUE = "Select the words that say it in the article, then mark them as the cue."


def requests(
    labelling: Labelling,
    articles: ArticleCommands,
    speakers: SpeakerCommands,
    corrections: CorrectionsPanel,
    focus_article: Callable[[], None],
    advise: Callable[[str], None],
) -> Mapping[str, Ask]:
    """All of them. The record of the problem is selected when one is called."""

    def set_source(_problem: Problem, _fix: Fix) -> None:
        focus_article()
        labelling.set_source()

    def mark_cue(_problem: Problem, _fix: Fix) -> None:
        focus_article()
        advise(_CUE)

    return {
        "article_details": lambda _problem, _fix: articles.details(),
        "merge_speakers": lambda _problem, fix: speakers.merge(*fix.about),
        "set_source": set_source,
        "mark_cue": mark_cue,
        "assign_mention": lambda problem, _fix: labelling.ask_speaker(problem.id or ""),
        "factual_claim": lambda _problem, _fix: corrections.editor.ask_claim(),
        "evidence": lambda _problem, _fix: corrections.editor.ask_evidence(),
    }
