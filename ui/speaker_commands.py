"""What is done with a speaker in all articles of a project: first the project is asked where it is named."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.errors import InvalidEdit
from annotator.model import Record
from annotator.services import registry, speakers
from annotator.text.wording import counted
from ui.dialogs.messages import Notices
from ui.store import Store


class SpeakerCommands(QObject):
    """For one window (``parent``)."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._notice = Notices(parent)

    def merge(self, kept_id: str, other_id: str) -> None:
        """Make one speaker of two after showing what that changes; one undo brings both back."""
        ws = self._store.workspace

        def ask(uses: list[Record]) -> None:
            def merge() -> None:
                self._store.attempt(lambda: registry.merge(ws, kept_id, other_id, uses))

            try:
                edit = registry.merge(ws, kept_id, other_id, uses)
            except InvalidEdit as error:
                self._notice.warn(str(error))
                return
            kept, other = ws.speakers[kept_id].name, ws.speakers[other_id].name
            changed = counted(sum(change.article_id is not None for change in edit.changes), "mention or claim")
            question = f"Merge {other} into {kept}? {changed} will name {kept}, and “{other}” becomes an alias."
            self._notice.ask(question, "Merge", merge)

        self._store.read(lambda project: project.uses_of_speaker(other_id), ask, self._notice.report)

    def delete(self, speaker_id: str) -> None:
        """Delete a speaker; asks first when mentions or claims name it."""
        speaker = self._store.workspace.speakers.get(speaker_id)
        if speaker is None:
            return

        def decide(uses: list[Record]) -> None:
            def delete() -> None:
                self._store.attempt(lambda: speakers.delete(self._store.workspace, speaker_id, uses))

            if uses:
                question = (
                    f"{speaker.name} is named by {len(uses):,} mentions and claims. Delete, and leave them without?"
                )
                self._notice.ask(question, "Delete", delete)
            else:
                delete()

        self._store.read(lambda project: project.uses_of_speaker(speaker_id), decide, self._notice.report)
