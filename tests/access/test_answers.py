"""Answers read back equal to what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.access.answers import read_answer
from finops.access.answers import write_answer
from finops.core.amount import Amount
from finops.core.measure import Axis


class Place(NamedTuple):
    file: str
    line: int


@dataclass(frozen=True)
class Added:
    count: int
    places: tuple[Place, ...] = ()
    sums: tuple[Amount, ...] = ()
    axis: Axis = Axis.CHARGE
    day: date | None = None
    inner: Added | None = None


class Opaque:
    pass


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.sampled_from(Axis)
    | st.builds(Place, st.text(), st.integers())
    | st.builds(Added, st.integers())
)
answers = st.recursive(
    scalars, lambda each: st.lists(each).map(tuple) | st.dictionaries(st.text(), each)
)


@given(answers)
def test_any_answer_reads_back_equal_and_of_the_same_type(answer: object) -> None:
    back = read_answer(write_answer(answer))
    assert back == answer
    assert type(back) is type(answer)


def test_a_whole_report_reads_back() -> None:
    answer = Added(
        count=2,
        places=(Place("a.csv", 2),),
        sums=(Amount(Decimal("1.080"), "EUR"),),
        axis=Axis.BILLING,
        day=date(2026, 4, 1),
        inner=Added(1),
    )
    assert read_answer(write_answer(answer)) == answer
    assert str(read_answer(write_answer(answer)).sums[0].number) == "1.080"


def test_a_moment_is_not_taken_for_a_day() -> None:
    moment = datetime(2026, 4, 1, tzinfo=UTC)
    assert read_answer(write_answer(moment)) == moment


@pytest.mark.parametrize("answer", [Opaque(), [1], {1}, 1.5, {"a": [1]}, float("nan")])
def test_an_answer_that_would_not_read_back_is_refused(answer: object) -> None:
    with pytest.raises(TypeError, match="nothing a command can answer with"):
        write_answer(answer)


@dataclass(frozen=True)
class Wrong:
    count: int

    def __eq__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return 0


def test_an_answer_that_reads_back_otherwise_is_refused() -> None:
    with pytest.raises(TypeError, match="does not survive"):
        write_answer(Wrong(1))


@pytest.mark.parametrize("path", ["os:system", "gone:Class", "finops.core.amount:gone", "os:path"])
def test_only_plain_classes_are_made(path: str) -> None:
    with pytest.raises(LookupError):
        read_answer(f'{{"=":"of","class":"{path}","value":["true"]}}')
