"""Edit, undo, redo, close and open, back up and restore, in any order: memory and file agree, and the log is sound."""

from __future__ import annotations

from effort import rounds
from hypothesis import settings
from machine import OnDisk

TestOnDisk = OnDisk.TestCase
TestOnDisk.settings = settings(max_examples=rounds("ANNOTATOR_MACHINE_RUNS", 24), stateful_step_count=50, deadline=None)
