"""How much the tests try that try at random: little in the usual run, very much with ``sh test.sh --long``."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_USUAL, _LONG = 20, 2_000

settings.register_profile("default", max_examples=_USUAL, deadline=None, print_blob=True)
# The same examples every time: a failure in continuous integration is one of this change, and can be repeated.
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.register_profile(
    "long", settings.get_profile("default"), max_examples=_LONG, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))


def examples(usual: int) -> int:
    """For a property that needs another number of examples than most: as many times more as the profile takes."""
    return max(1, usual * settings().max_examples // _USUAL)


def rounds(variable: str, usual: int) -> int:
    """How often something is done that costs a process or a long story each time; ``variable`` asks for more."""
    return int(os.environ.get(variable, usual))
