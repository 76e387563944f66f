from dataclasses import replace

import pytest

from annotator.errors import InvalidEdit
from annotator.known_checks import CHECKS
from annotator.model import Scheme
from annotator.schemes import BY_KEY, DEFAULT_SCHEME, TRANSCRIPTION
from annotator.services import annotate, guideline, scheme
from annotator.vocabulary import FIXED


def claim(ws, place, author, **fields):
    edit = annotate.mark_claim(ws, [place("Russia agreed")], author)
    ws.apply(edit)
    ws.apply(annotate.change(ws, edit.changes[0].after.id, **fields))
    return edit.changes[0].after.id


def shown(ws, field="claim.type"):
    return [term.label for term in ws.vocabulary.terms(field)]


def test_a_value_is_added_after_its_fellows_and_can_be_chosen(ws, place, author):
    ws.apply(scheme.add_term(ws, "claim.type", "  Forecast of  weather", "What will be."))
    assert shown(ws)[-1] == "Forecast of weather"
    id_ = claim(ws, place, author, type="forecast_of_weather")
    assert ws.claims[id_].type == "forecast_of_weather"
    assert ws.scheme.version == "2"


def test_undo_takes_the_first_change_back_to_no_scheme_of_its_own(ws):
    edit = scheme.add_term(ws, "claim.type", "Forecast")
    ws.apply(edit)
    ws.apply(edit.inverted())
    assert ws.scheme == DEFAULT_SCHEME
    assert ws.get("scheme", "scheme") is None


def test_a_label_changes_and_annotations_do_not(ws, place, author):
    id_ = claim(ws, place, author, type="causal")
    ws.apply(scheme.change_term(ws, "claim.type", "causal", label="Cause and effect"))
    assert ws.vocabulary.label("claim.type", ws.claims[id_].type) == "Cause and effect"


def test_a_renamed_value_takes_its_uses_along(ws, place, author):
    id_ = claim(ws, place, author, type="causal")
    edit = scheme.rename_value(ws, "claim.type", "causal", "cause", list(ws.claims.values()))
    ws.apply(edit)
    assert ws.claims[id_].type == "cause"
    assert ws.vocabulary.get("claim.type", "causal") is None
    ws.apply(edit.inverted())
    assert ws.claims[id_].type == "causal"


def test_a_retired_value_is_kept_or_replaced(ws, place, author):
    id_ = claim(ws, place, author, type="causal")
    ws.apply(scheme.retire(ws, "claim.type", "causal"))
    assert "Causal" not in shown(ws)
    assert ws.claims[id_].type == "causal"
    assert ws.vocabulary.label("claim.type", "causal") == "Causal"
    ws.apply(scheme.offer_again(ws, "claim.type", "causal"))
    ws.apply(scheme.retire(ws, "claim.type", "causal", into="quote", uses=list(ws.claims.values())))
    assert ws.claims[id_].type == "quote"
    with pytest.raises(InvalidEdit, match="not offered"):
        scheme.retire(ws, "claim.type", "quote", into="causal")


def test_a_shared_vocabulary_is_migrated_in_every_kind_of_annotation(ws, place, author):
    mention = annotate.mark_mention(ws, [place("Lavrov")], author)
    ws.apply(mention)
    id_ = mention.changes[0].after.id
    ws.apply(annotate.change(ws, id_, certainty="low"))
    record = scheme.with_value(ws.mentions[id_], "certainty", "low", "high")
    assert record.certainty == "high"
    assert scheme.with_value(ws.mentions[id_], "claim.form", "low", "high") is ws.mentions[id_]


def test_one_value_must_be_left(ws):
    for term in ws.vocabulary.terms("claim.type")[1:]:
        ws.apply(scheme.retire(ws, "claim.type", term.value))
    with pytest.raises(InvalidEdit, match="at least one"):
        scheme.retire(ws, "claim.type", "event_property")


def test_values_move_in_their_vocabulary_only(ws):
    ws.apply(scheme.move_term(ws, "claim.type", "numerical", -1))
    assert shown(ws)[:2] == ["Numerical", "Event or property"]
    assert not scheme.move_term(ws, "claim.type", "numerical", -1)
    assert shown(ws, "claim.form")[0] == "Direct quote"


@pytest.mark.parametrize("field", sorted(FIXED))
def test_what_the_program_acts_on_is_not_changed(ws, field):
    with pytest.raises(InvalidEdit, match="program itself"):
        scheme.add_term(ws, field, "Other")


@pytest.mark.parametrize(
    ("label", "value", "message"),
    [
        ("", "", "needs a name"),
        ("Causal", "", "already"),
        ("X", "Not Small", "small letters"),
        ("…", "", "small letters"),
    ],
)
def test_a_value_that_cannot_be_is_refused(ws, label, value, message):
    with pytest.raises(InvalidEdit, match=message):
        scheme.add_term(ws, "claim.type", label, value=value)


def test_choosing_another_scheme_keeps_what_is_in_use(ws, place, author):
    ws.apply(scheme.add_term(ws, "claim.type", "Forecast"))
    id_ = claim(ws, place, author, type="forecast")
    ws.apply(scheme.choose(ws, TRANSCRIPTION))
    assert ws.scheme.name == TRANSCRIPTION.name
    assert ws.scheme.version == "3"
    assert "Forecast" not in shown(ws)
    assert ws.vocabulary.label("claim.type", ws.claims[id_].type) == "Forecast"


def test_checks_and_names_are_settings_of_the_scheme(ws):
    ws.apply(scheme.set_check(ws, "unsure", "blocking"))
    ws.apply(scheme.set_check(ws, "empty_chain", "off"))
    ws.apply(scheme.set_check(ws, "unsure", "warning"))  # its own level needs no setting
    assert [(s.check, s.level) for s in ws.scheme.checks] == [("empty_chain", "off")]
    ws.apply(scheme.change(ws, name=" Ours ", hidden=("claim.stance",)))
    assert (ws.scheme.name, ws.scheme.hidden) == ("Ours", ("claim.stance",))
    for bad in ({"hidden": ("claim.spans",)}, {"name": " "}, {"version": "9"}):
        with pytest.raises(InvalidEdit):
            scheme.change(ws, **bad)
    with pytest.raises(InvalidEdit, match="no check"):
        scheme.set_check(ws, "unsure", "loud")


@pytest.mark.parametrize("ready", BY_KEY.values(), ids=lambda s: s.name)
def test_a_ready_made_scheme_is_whole(ready):
    assert set(ready.hidden) <= set(scheme.HIDEABLE)
    assert {setting.check for setting in ready.checks} <= {check.id for check in CHECKS}
    parts = guideline.sections(ready)
    fields = {term.vocabulary for term in ready.terms} | FIXED | {"claims", "corrections"}
    assert parts.keys() & fields
    assert parts[""].startswith("# " + ready.name)


def test_the_guideline_is_read_in_parts():
    made = Scheme(guideline="# Ours\n\nFirst.\n\n## claim.form\nDirect or not.\n\n### More\nyes\n\n## hop.medium  \n")
    assert guideline.sections(made) == {
        "": "# Ours\n\nFirst.",
        "claim.form": "Direct or not.\n\n### More\nyes",
        "hop.medium": "",
    }
    assert guideline.section(made, "claim.stance") == ""
    assert guideline.sections(replace(made, guideline="plain")) == {"": "plain"}
