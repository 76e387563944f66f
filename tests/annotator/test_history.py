from hypothesis import given
from hypothesis import strategies as st

from annotator.edits import Change, Changeset, Edit
from annotator.history import History, HistoryEntry
from annotator.model import Speaker


def speaker(name, id_="a"):
    return Speaker(id=id_, name=name)


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=40))
def test_history_follows_a_plain_model_of_two_stacks(actions):
    """The reference keeps a list and a cursor, as every editor's undo does."""
    history, entries, done, cursor = History(), [], [], 0
    for number, action in enumerate(actions):
        if action == "edit":
            entry = HistoryEntry(f"c{number}", f"title {number}")
            del done[cursor:]
            done.append(entry)
            cursor += 1
        elif action == "undo" and cursor:
            cursor -= 1
            entry = HistoryEntry(f"c{number}", "u", "undo", done[cursor].id)
        elif action == "redo" and cursor < len(done):
            entry = HistoryEntry(f"c{number}", "r", "redo", done[cursor].id)
            cursor += 1
        else:
            continue
        history.record(entry)
        entries.append(entry)
        assert history.undoable == (done[cursor - 1] if cursor else None)
        assert history.redoable == (done[cursor] if cursor < len(done) else None)
    again = History(entries)
    assert (again.undoable, again.redoable) == (history.undoable, history.redoable)


def test_a_changeset_is_listed_without_its_changes():
    changeset = Changeset.of(Edit("Mark claim", (Change(None, speaker("a")),)), "Ann", "undo", "t")
    assert HistoryEntry.of(changeset) == HistoryEntry(changeset.id, "Mark claim", "undo", "t")


def test_what_a_project_starts_with_cannot_be_undone():
    assert History([HistoryEntry("a", "Sample", "start")]).undoable is None
