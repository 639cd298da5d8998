"""Writing: what is typed becomes an entry's fields, and what is no amount stays words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finops.portal.meeting_forms import DECIDE
from finops.portal.writing import Field
from finops.portal.writing import Shape
from finops.portal.writing import value_of
from finops.portal.writing import values_of

OPTIONS = Field("options", "Options", Shape.LIST)


@pytest.mark.parametrize(
    ("line", "option"),
    [
        ("Switch it off = -300", {"text": "Switch it off", "effect": Decimal(-300)}),
        ("=1+1", {"text": "=1+1"}),
        ("a = b", {"text": "a = b"}),
    ],
)
def test_an_option_has_an_effect_where_it_ends_with_an_amount(
    line: str, option: dict[str, object]
) -> None:
    assert value_of(OPTIONS, f"\n {line} \n") == [option]


def test_an_empty_field_is_empty_as_its_entry_has_it() -> None:
    shapes = {shape: value_of(Field("x", "X", shape), "") for shape in Shape}
    assert shapes == {
        Shape.LINE: "", Shape.TEXT: "", Shape.CHOICE: "", Shape.LIST: [], Shape.DAY: None,
        Shape.AMOUNT: "0",
    }  # fmt: skip


def test_what_is_left_empty_is_what_it_usually_is() -> None:
    said = dict.fromkeys((one.name for one in DECIDE.every), "")
    found = values_of(DECIDE, {**said, "choice": "Switch it off", "expected": "-300"})
    assert (found["choice"], found["expected"], found["question"]) == ("Switch it off", "-300", "")
    assert (found["measure"], found["purpose"]) == ("EffectiveCost", "save")
    assert (found["options"], found["due"], found["value_expected"]) == ((), None, 0)
