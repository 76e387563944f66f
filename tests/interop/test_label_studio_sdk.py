"""Label Studio's own SDK accepts the tasks and the configuration that we write."""

from __future__ import annotations

import json

import pytest
from article_samples import Content, full_document
from foreign_samples import folder_back

from annotator.formats.label_studio import FORMAT

pytestmark = pytest.mark.interop


def test_the_sdk_accepts_tasks_and_configuration() -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface", reason="label-studio-sdk is not installed")
    document, speaker = full_document()
    _, written = folder_back(FORMAT, Content([document, document], [speaker]))
    config = interface.LabelInterface(written["labeling_config.xml"].decode())
    config.validate()
    tasks = json.loads(written["tasks.json"])
    assert len(tasks) == 2
    for task in tasks:
        assert config.validate_task({"data": task["data"]})
        assert config.validate_annotation(task["annotations"][0])
