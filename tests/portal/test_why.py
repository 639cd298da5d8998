"""Why a number is different, as the reader of a page asks it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.core.amount import total
from finops.errors import UsageError
from finops.invoicing.difference import Way
from finops.portal import why
from tests.portal.conftest import OCTOBER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit

OVERVIEW = "together/overview.py"


def test_a_walk_foots_and_ends_at_the_readers_number(at_the_desk: None) -> None:
    assert at_the_desk is None
    found = why.explained(OCTOBER, "623.10", "team")
    start, *inner, end = why.walk(found, Way(found.steps, found.remainder))
    assert total((start.amount, *(step.amount for step in inner))) == end.amount
    assert end.amount == Decimal("623.10")
    assert not found.alternatives
    told = why.sentence(found).replace("\u00a0", " ")
    assert "only team search" in told.lower()
    assert told.startswith("**The portal has 943.43 USD; yours is \u2212320.33 USD away: scope")


def test_the_same_number_is_called_the_same(at_the_desk: None) -> None:
    assert at_the_desk is None
    assert why.sentence(why.explained(OCTOBER, "943.43", "")).startswith("**It is the same")


def test_what_stays_is_told_as_what_it_is(at_the_desk: None) -> None:
    assert at_the_desk is None
    found = why.explained(OCTOBER, "777.77", "")
    assert "no set of standard differences explains it" in why.sentence(found)
    assert why.walk(found, Way((), found.remainder))[1].name == "Not explained"
    with pytest.raises(UsageError):
        why.explained(OCTOBER, "1,5", "")


def test_the_box_answers_on_the_page_and_refuses_inline(visit: Visit, three_months: Path) -> None:
    at = visit(three_months, OVERVIEW)
    at.text_input(key="why-amount").input("623.10").run()
    assert not at.exception
    assert any("only team search" in mark.value for mark in at.markdown)
    switch = next(one for one in at.toggle if one.key == "table-why")
    switch.set_value(True).run()
    steps = next(frame.value for frame in at.dataframe if "Step" in frame.value)
    first, *_, last = steps["Step"]
    assert (first, last) == ("The portal", "Your number")
    at.text_input(key="why-amount").input("1,5").run()
    assert any("can be read in one way" in one.value.replace("\\", "") for one in at.error)
