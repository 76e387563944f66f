"""The collector comes seldom within, and as before afterwards, whatever happens."""

from __future__ import annotations

import gc

import pytest

from annotator.collecting import seldom_collected


def test_the_collector_is_as_before_afterwards() -> None:
    before = gc.get_threshold()

    @seldom_collected()
    def fail() -> None:
        assert gc.get_threshold()[0] > before[0]
        raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert gc.get_threshold() == before
