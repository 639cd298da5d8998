from __future__ import annotations

from finops.portal.work_forms import ONE_CLICK
from finops.portal.work_forms import WORDS
from finops.workloads.progress import NEXT
from finops.workloads.progress import State


def test_every_step_of_what_the_bill_still_shows_has_words() -> None:
    """What is verified is no longer on the bill, and so not in the list."""
    assert {*WORDS, *ONE_CLICK} == set(State) - {State.VERIFIED}
    assert not WORDS.keys() & ONE_CLICK.keys()
    assert all(any(one in WORDS for one in after) for after in NEXT.values())
