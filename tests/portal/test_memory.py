"""What is kept, and for how long."""

from __future__ import annotations

import gc
from threading import Barrier
from threading import Thread

import pytest

from finops.portal.memory import Memory
from finops.portal.memory import settle


def test_an_answer_is_worked_out_once_a_key() -> None:
    memory: Memory[int] = Memory(2)
    numbers = iter((7, 8))
    for _ in range(2):
        assert memory.get("a", lambda: next(numbers)) == 7


def test_the_one_not_asked_for_longest_goes_first() -> None:
    memory: Memory[str] = Memory(2)
    for key in ("a", "b", "a", "c"):
        memory.get(key, key.lower)
    assert memory.get("a", lambda: "again") == "a"
    assert memory.get("b", lambda: "again") == "again"


def test_what_is_loaded_for_good_is_set_aside_once_until_more_is_loaded() -> None:
    try:
        settle()
        aside = gc.get_freeze_count()
        kept = [object() for _ in range(3)]
        settle()
        # What was set aside may die meanwhile; none is set aside anew.
        assert 0 < gc.get_freeze_count() <= aside
        assert len(kept) == 3
    finally:
        gc.unfreeze()


def test_those_who_ask_at_once_wait_for_the_first_and_a_failure_is_nobody_elses() -> None:
    memory: Memory[int] = Memory(2)
    begun, worked = Barrier(5), []

    def work_out() -> int:
        worked.append(1)
        return len(worked)

    def ask() -> None:
        begun.wait(10)
        assert memory.get("a", work_out) == 1

    every = [Thread(target=ask) for _ in range(5)]
    for one in every:
        one.start()
    for one in every:
        one.join(10)
    assert worked == [1]
    with pytest.raises(ZeroDivisionError):
        memory.get("b", lambda: 1 // 0)
    assert memory.get("b", lambda: 7) == 7
