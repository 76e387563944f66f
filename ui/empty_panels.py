"""What the panels say while they have no rows, and the pane without an article: which key makes the first one."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from ui.actions import Actions
from ui.article.pane import ArticlePane
from ui.panels.claims import ClaimsPanel
from ui.panels.corrections import CorrectionsPanel
from ui.panels.speakers import SpeakersPanel


def tell_keys(
    actions: Actions, pane: ArticlePane, claims: ClaimsPanel, speakers: SpeakersPanel, corrections: CorrectionsPanel
) -> None:
    """Let each panel, and the pane, name the key that its command has now."""
    begin = _press(actions, "import_files")
    pane.set_empty(f"No article is open.\n\n{begin[0].upper()}{begin[1:]} to import articles, or drop files here.")
    claims.set_empty("No claims yet.", f"Select words and {_press(actions, 'mark_claim')}.")
    speakers.set_empty("No speakers yet.", f"Select a name and {_press(actions, 'mark_mention')}.")
    corrections.set_empty("No corrections yet.", f"Select words and {_press(actions, 'correct')}.")


def _press(actions: Actions, command_id: str) -> str:
    keys = actions.keys(command_id)
    if not keys:
        return f"choose {actions[command_id].text().rstrip('…')}"
    return f"press {QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)}"
