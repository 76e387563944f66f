"""The default guideline has something to say at every field that the forms show."""

from __future__ import annotations

import pytest

from annotator.schemes import CLAIMS
from annotator.services import guideline
from ui.panels import fields

_PLAIN = {"status", "speaker.note", "correction.note"}
"""Fields that explain themselves."""
_FORMS = (
    *(fields.CLAIM_MAIN, fields.CLAIM_MORE, fields.HOP, fields.SPEAKER, fields.MENTION),
    *(fields.CORRECTION, fields.REMARKS, fields.FACTUAL),
)


@pytest.mark.parametrize("topic", sorted({field.topic for form in _FORMS for field in form} - _PLAIN))
def test_a_field_has_a_section_of_its_own(topic):
    assert len(guideline.section(CLAIMS, topic)) > 20


def test_the_sections_are_about_fields_that_exist():
    shown = {field.topic for form in _FORMS for field in form} | {"", "claims", "claim.spans", "correction.verdict"}
    assert guideline.sections(CLAIMS).keys() <= shown
