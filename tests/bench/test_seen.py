"""What a room has seen: percentiles that were measured, and whose words came when."""

from __future__ import annotations

from finops.bench.seen import at
from finops.bench.seen import ratios
from finops.bench.seen import Seen
from finops.bench.seen import Watched


def test_a_percentile_is_a_time_that_was_seen() -> None:
    assert at([], 95) == 0
    assert at([0.5], 99) == 0.5
    assert at([float(n) for n in range(100)], 95) == 95


def test_a_fault_or_a_growing_memory_does_not_hold() -> None:
    flat, rising = [100.0] * 40, [100.0 + n for n in range(40)]
    fine = ratios(Seen(pages=[1.0], writes=[0.5], memory=flat))
    assert all(one.holds for one in fine)
    bad = Seen(pages=[3.0], writes=[1.5], memory=rising, faults=["x"])
    bad.written["a"] = 5.0
    bad.tabs.append(Watched([(0.0, 100.0)], {"a": 7.5}))
    assert [one.holds for one in ratios(bad)] == [False] * 5


def test_words_count_on_each_screen_that_stood_open_and_what_never_came_is_late() -> None:
    seen = Seen(written={"a": 10.0})
    seen.tabs = [
        Watched([(0.0, 60.0)], {"a": 11.5}),
        Watched([(0.0, 10.5), (30.0, 60.0)], {"a": 30.0}),
        Watched([(12.0, 60.0)], {"a": 12.0}),
        Watched([(0.0, 60.0)], {}),
    ]
    assert list(seen.others()) == [1.5, 10.0]
