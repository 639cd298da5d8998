"""Equal values have equal text, whatever order they were built in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.core.amount import Amount
from finops.core.measure import Axis
from finops.records.canonical import canonical_json
from finops.records.canonical import digest_of


@dataclass(frozen=True)
class Line:
    day: date
    number: Decimal


class Staged:
    def __body__(self) -> object:
        return {"digest": "abc"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": None}, '{"a":null,"b":1}'),
        (Decimal("1.080"), '"1.080"'),
        (Decimal("1E-18"), '"0.000000000000000001"'),
        (Line(date(2026, 4, 1), Decimal(1)), '{"day":"2026-04-01","number":"1"}'),
        (datetime(2026, 4, 1, tzinfo=UTC), '"2026-04-01T00:00:00+00:00"'),
        (Amount(Decimal("0.10"), "EUR"), '{"currency":"EUR","number":"0.10"}'),
        ((Axis.BILLING, Path("a/b")), '["billing","a/b"]'),
        ({"x", "a"}, '["a","x"]'),
        (Staged(), '{"digest":"abc"}'),
        ("é", '"é"'),
        ("", '""'),
    ],
)
def test_each_kind_has_one_text(value: object, text: str) -> None:
    assert canonical_json(value) == text


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.decimals(allow_nan=False)))
def test_the_order_does_not_matter(value: dict[str, object]) -> None:
    turned = dict(reversed(list(value.items())))
    assert digest_of(value) == digest_of(turned)


@pytest.mark.parametrize("value", [object(), {"a": [iter(())]}])
def test_what_has_no_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="__body__"):
        canonical_json(value)


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(float("nan"))
