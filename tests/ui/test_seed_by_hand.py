"""The whole seed article, labelled by keyboard alone and by mouse alone, to one and the same export."""

from __future__ import annotations

import json

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from seed_hands import ByKeys, ByMouse

from db.project import create_project
from seeds import sample_gold_path, sample_text_path
from ui.dialogs.import_preview import ImportPreview

pytestmark = [
    # What the offscreen platform says of menus and lists that pop up.
    pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)"),
    pytest.mark.no_cover,  # some thousand keys and clicks, each of which other tests press, too
]
WHOLE = ("Trump Invited Putin", '"Twould simply')
"""The claims whose every field is filled; of the others the form, the chain and the claim around them."""
SPEAKER = "Sergei Lavrov"
"""The speaker whose every field is filled; of the others the kind."""


@pytest.fixture
def gold():
    return json.loads(sample_gold_path().read_text(encoding="utf-8"))


@pytest.fixture
def quick():
    """So long a list takes no click after it has opened."""
    before = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(1)
    yield
    QApplication.setDoubleClickInterval(before)


@pytest.fixture
def by_hand(quick, qtbot, open_window, tmp_path, monkeypatch, gold):
    """Labels the seed in a project of its own with such hands; the exported line comes back."""

    def label(kind):
        project, out = tmp_path / f"{kind.__name__}.annotator", tmp_path / f"{kind.__name__}.jsonl"
        create_project(str(project)).close()
        hands = kind(qtbot, open_window(project))
        hands.window.settings.set("motion", "reduced")  # the wheel moves the text at once
        answers = {"getOpenFileNames": ([str(sample_text_path())], ""), "getSaveFileName": (str(out), "")}
        for name, answer in answers.items():
            monkeypatch.setattr(QFileDialog, name, lambda *_, answer=answer, **__: answer)
        bring_in(hands)
        Work(hands, gold).do()
        hands.after_saving()
        hands.command("export")
        hands.finish_export(out)
        hands.push(hands.message().buttons()[0])
        return json.loads(out.read_text(encoding="utf-8"))

    return label


def bring_in(hands) -> None:
    hands.command("import_files")
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ImportPreview) is not None)
    preview = hands.window.findChild(ImportPreview)
    hands.qtbot.waitUntil(preview.isVisible)
    hands.fill(preview.form.fields["outlet"], "The Moscow Times")
    if preview.isVisible():
        hands.push(preview.accept_button)
    hands.qtbot.waitUntil(lambda: hands.ws.article is not None)
    hands.after_dialog()


class Work:
    """What the gold annotation says, done one by one."""

    def __init__(self, hands, gold) -> None:
        self.hands, self.gold = hands, gold
        self.names = {speaker["id"]: speaker["name"] for speaker in gold["speakers"]}
        self.ids: dict[str, str] = {}
        """The gold claims' ids and those that the claims have here."""

    def do(self) -> None:
        for mention in self.gold["mentions"]:
            self.mention(mention)
        for claim in self.gold["claims"]:
            self.claim(claim)
        for correction in self.gold["corrections"]:
            self.correction(correction)
        for speaker in self.gold["speakers"]:
            if any(m["speaker_id"] == speaker["id"] for m in self.gold["mentions"]):
                self.speaker(speaker)
        self.hands.command("state_done")

    def take(self, span) -> None:
        self.hands.grab(span["start"], span["end"])

    def chosen(self):
        return self.hands.ws.annotation(self.hands.window.selection.id)

    def mention(self, mention) -> None:
        hands, name = self.hands, self.names[mention["speaker_id"]]
        self.take(mention["spans"][0])
        hands.command("mark_mention")
        if hands.prompt.isVisible():
            hands.answer(name)
        assert hands.ws.speakers[self.chosen().speaker_id].name == name
        if self.chosen().kind != mention["kind"]:
            hands.open_fields()
            hands.pick(hands.window.speakers.editor.mention.editors["kind"], mention["kind"])
            hands.leave_fields()

    def claim(self, claim) -> None:
        hands, drawer = self.hands, self.hands.window.claims.editor
        self.take(claim["spans"][0])
        hands.command("mark_claim")
        self.ids[claim["id"]] = self.chosen().id
        for span in claim["spans"][1:]:
            self.take(span)
            hands.command("add_part")
        names: list[str] = []
        for hop in claim["chain"]:
            names.append(self.names[hop["speaker_id"]])
            for span in hop["mention_spans"]:
                self.take(span)
            hands.command("set_source")
            hands.answer(" > ".join(names))
            for span in hop["cue_spans"]:
                self.take(span)
                hands.command("mark_cue")
        hands.open_fields()
        hands.pick(drawer.main.editors["form"], claim["form"])
        whole = claim["spans"][0]["exact"].startswith(WHOLE)
        if (whole or claim["parent_id"]) and drawer.more.isHidden():
            hands.push(drawer.more_button)
        if claim["parent_id"]:
            hands.pick(drawer.extra.editors["parent_id"], self.ids[claim["parent_id"]])
        if whole:
            self.whole_claim(claim, drawer)
        hands.leave_fields()

    def whole_claim(self, claim, drawer) -> None:
        hands = self.hands
        hands.pick(drawer.main.editors["check_worthy"], claim["check_worthy"])
        hands.fill(drawer.main.editors["note"], claim["note"])
        for name in ("type", "stance", "certainty", "status"):
            hands.pick(drawer.extra.editors[name], claim[name])
        hands.fill(drawer.extra.editors["text"], claim["text"])
        if drawer.chain.isHidden():
            hands.push(drawer.chain_button)
        for editor, hop in zip(drawer.hops, claim["chain"], strict=False):
            hands.pick(editor.form.editors["referring"], hop["referring"])

    def correction(self, correction) -> None:
        hands, drawer = self.hands, self.hands.window.corrections.editor
        for number, span in enumerate(correction["spans"]):
            start, end = span["start"], span["end"]
            inside = hands.view.scene.map.rest(start) != start  # several line ends, of which the screen shows one
            blank = not hands.shows(start, end)  # before a paragraph: it hangs into the margin
            hands.grab(start + (blank or inside), end + blank)
            if number:
                hands.command("add_part")
            else:
                hands.command("correct")
                hands.answer(correction["replacement"])
            if blank or inside:
                hands.command("start_left_character")
            if blank:
                hands.command("end_left_character")
        if self.chosen().cause != correction["cause"]:
            hands.open_fields()
            hands.pick(drawer.main.editors["cause"], correction["cause"])
            hands.leave_fields()

    def speaker(self, speaker) -> None:
        hands, form = self.hands, self.hands.window.speakers.editor.speaker
        hands.open_speaker(speaker["name"])
        if form.editors["kind"].value() != speaker["kind"]:
            hands.pick(form.editors["kind"], speaker["kind"])
        if speaker["name"] == SPEAKER:
            for name, text in (
                ("aliases", "\n".join(speaker["aliases"])),
                ("affiliation", speaker["affiliation"]),
                ("wikidata", speaker["wikidata"]),
                ("note", speaker["note"]),
            ):
                hands.fill(form.editors[name], text)
        hands.leave_fields()


def places(spans):
    return [(span["start"], span["end"]) for span in spans]


def normal(line):
    """What both ways and the gold annotation must agree on, without ids and times."""
    names = {speaker["id"]: speaker["name"] for speaker in line["speakers"]}
    around = {claim["id"]: places(claim["spans"]) for claim in line["claims"]}
    claims = []
    for claim in line["claims"]:
        chain = [(names[h["speaker_id"]], places(h["mention_spans"]), places(h["cue_spans"])) for h in claim["chain"]]
        found = [places(claim["spans"]), claim["form"], around.get(claim["parent_id"]), chain]
        if claim["spans"][0]["exact"].startswith(WHOLE):
            found += [claim[n] for n in ("check_worthy", "type", "stance", "certainty", "status", "text", "note")]
            found += [hop["referring"] for hop in claim["chain"]]
        claims.append(found)
    fields = ("name", "kind", "aliases", "affiliation", "wikidata", "note")
    return {
        "article": {
            n: line[n] for n in ("title", "outlet", "published", "language", "state", "text_sha256", "segments")
        },
        "claims": sorted(claims, key=str),
        "mentions": sorted((places(m["spans"]), names[m["speaker_id"]], m["kind"]) for m in line["mentions"]),
        "corrections": sorted(
            (places(c["spans"]), c["kind"], c["replacement"], c["cause"]) for c in line["corrections"]
        ),
        "speakers": sorted([s[n] for n in (fields if s["name"] == SPEAKER else fields[:1])] for s in line["speakers"]),
    }


@pytest.mark.parametrize("kind", [ByKeys, ByMouse])
def test_keyboard_alone_and_mouse_alone_come_to_what_the_gold_annotation_says(by_hand, gold, kind):
    assert normal(by_hand(kind)) == normal(gold)
