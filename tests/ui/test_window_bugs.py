"""A bug in what only shows things loses nothing: what was done is saved, and work goes on."""

from __future__ import annotations

import pytest

from db.project import open_project
from ui.crash import details_of


@pytest.mark.parametrize("part", ["claims", "speakers", "corrections", "status"])
def test_a_part_of_the_window_that_fails_loses_nothing(qtbot, hands, project_path, monkeypatch, part):
    """It fails while it follows an edit, with words of the article in its error."""
    window = hands.window

    def fail(*_arguments):
        raise RuntimeError(hands.ws.text)

    with monkeypatch.context() as patch:
        patch.setattr(getattr(window, part), "_describe" if part == "status" else "apply", fail)
        with qtbot.captureExceptions() as caught:
            hands.select("I would go")
            hands.press("c")
        assert caught
        assert not any(hands.ws.text[:14] in details_of(error) for _, error, _ in caught)
    assert window.status.saved.text().startswith("✓ Saved")
    hands.select("He left")
    hands.press("c")
    assert window.claims.rows.rowCount() == 2
    project = open_project(str(project_path), "read")
    assert [claim.spans[0].exact for claim in project.document(hands.ws.article.id).claims] == ["I would go", "He left"]
    project.close()
