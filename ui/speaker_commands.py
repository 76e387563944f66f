"""What is done with a speaker in all articles of a project: first the project is asked where it is named."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.model import Record
from annotator.services import speakers
from ui.dialogs.messages import Notices
from ui.store import Store


class SpeakerCommands(QObject):
    """For one window (``parent``)."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._notice = Notices(parent)

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
