"""Going from annotation to annotation by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_hands import Hands

from annotator.edits import Changeset
from annotator.services.annotate import Author
from annotator.services.importing import import_edit, read_file
from annotator.services.speakers import source_of
from db.project import create_project
from seeds import sample_gold_path

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hands(qtbot, open_window, tmp_path):
    """At the labelled sample."""
    path = tmp_path / "gold.annotator"
    fill(path)
    return Hands(qtbot, open_window(path))


def fill(path: Path) -> None:
    project = create_project(str(path))
    edit, _ = import_edit(read_file(sample_gold_path(), Author("Ann")), project)
    with project.begin() as unit:
        unit.apply(Changeset.of(edit, "Ann"))
        unit.commit()
    project.close()


def selected(hands):
    return hands.ws.annotation(hands.window.selection.id)


def press(hands, key, modifier=Qt.KeyboardModifier.NoModifier):
    hands.press(key, modifier, saves=False)
    return selected(hands)


def test_every_annotation_is_reached_in_reading_order_and_back(hands):
    hands.view.set_caret(0)
    wanted = [*hands.ws.claims.values(), *hands.ws.mentions.values(), *hands.ws.corrections.values()]
    seen = [press(hands, "j") for _ in wanted]
    assert {record.id for record in seen} == {record.id for record in wanted}
    assert [r.spans[0].start for r in seen] == sorted(r.spans[0].start for r in wanted)
    assert press(hands, "j") is seen[0], "after the last comes the first"
    assert [press(hands, "j", SHIFT) for _ in wanted] == seen[::-1]
    assert hands.view.caret() == seen[0].spans[0].start


def test_every_cue_is_reached_with_each_of_its_claims(hands):
    cues = {
        (span.start, claim.id) for claim in hands.ws.claims.values() for hop in claim.chain for span in hop.cue_spans
    }
    hands.view.set_caret(0)
    seen = []
    for _ in cues:
        claim = press(hands, "w")
        seen.append((hands.view.caret(), claim.id))
    assert set(seen) == cues
    assert [place for place, _ in seen] == sorted(place for place, _ in cues)
    press(hands, "w")
    for place, id_ in seen[::-1]:
        press(hands, "w", SHIFT)
        assert (hands.view.caret(), hands.window.selection.id) == (place, id_)


def test_the_mentions_of_a_speaker_follow_each_other_from_wherever_one_is(hands):
    lavrov = next(s for s in hands.ws.speakers.values() if s.name == "Sergei Lavrov")
    mentions = [m for m in hands.ws.mentions.values() if m.speaker_id == lavrov.id]
    places = sorted(m.spans[0].start for m in mentions)
    hands.window.selection.select("speaker", lavrov.id)
    hands.view.set_caret(0)
    assert [press(hands, "h").spans[0].start for _ in places] == places
    assert press(hands, "h").spans[0].start == places[0]
    assert press(hands, "h", SHIFT).spans[0].start == places[-1]
    claim = next(c for c in hands.ws.claims.values() if source_of(c) == lavrov.id)
    hands.window.selection.select("claim", claim.id)
    assert press(hands, "h").speaker_id == lavrov.id


def test_parts_parents_children_and_both_ends(hands):
    claim = next(c for c in hands.ws.claims.values() if len(c.spans) > 1)
    hands.window.selection.select("claim", claim.id)
    hands.view.set_caret(claim.spans[0].start)
    for key, modifier, part in (("t", 0, 1), ("t", 0, 0), ("t", SHIFT, 1), ("t", SHIFT, 0)):
        press(hands, key, Qt.KeyboardModifier(modifier))
        assert hands.view.caret() == claim.spans[part].start
    child = press(hands, "d")
    assert child.parent_id == claim.id
    assert press(hands, "u") is claim
    order = hands.store.outline.claims
    QTest.keyClick(hands.view, Qt.Key.Key_Home, ALT)
    assert selected(hands).id == order.at(0)
    QTest.keyClick(hands.view, Qt.Key.Key_End, ALT)
    assert selected(hands).id == order.at(-1)


@pytest.mark.parametrize("key", "jwhtudnmk")
def test_where_there_is_nothing_a_sentence_says_so(qtbot, open_window, project_path, key):
    hands = Hands(qtbot, open_window(project_path))
    with qtbot.waitSignal(hands.store.refused) as signal:
        hands.press(key, saves=False)
    assert signal.args[0].endswith(".")
    assert hands.window.selection.id is None


def test_selected_words_stay_selected_on_the_way_to_their_claim(qtbot, open_window, project_path):
    hands = Hands(qtbot, open_window(project_path))
    hands.select("I would go")
    hands.press("c")
    press(hands, Qt.Key.Key_Escape)
    hands.select("He left")
    claim = press(hands, "n")
    hands.press("+")
    assert [span.exact for span in hands.ws.claims[claim.id].spans] == ["I would go", "He left"]
