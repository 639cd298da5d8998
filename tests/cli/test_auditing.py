"""`finops audit`: the log is proved, and its first broken event is named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Answer

RATES = "From,To,Kind,Period,Rate\nEUR,USD,average,2026-0{0},1.1{0}\n"


@pytest.fixture
def three(finops: Callable[..., Answer], tmp_path: Path) -> Callable[..., Answer]:
    """The command line, in a workspace to which three people brought rates."""
    finops("init")
    for number, person in enumerate(("Ann", "Bob", "Cid"), 1):
        file = tmp_path / f"{number}.csv"
        file.write_text(RATES.format(number))
        assert finops("--as", person, "rates", "add", str(file)).code == 0
    return finops


def test_an_untouched_log_is_proved(three: Callable[..., Answer]) -> None:
    assert three("audit", "verify").out.startswith("The log is unbroken: 3 events to ")
    found = three("audit", "verify", "--json").document
    assert (found["unbroken"], found["events"], found["noted"]) == (True, 3, 3)
    assert (found["broken_at"], found["findings"]) == (None, [])


def test_an_empty_log_is_whole(finops: Callable[..., Answer]) -> None:
    finops("init")
    assert finops("audit", "verify").out == "The log is unbroken: nothing has happened yet.\n"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_event SET actor = 'Eve' WHERE sequence = 2", "at event 2: it was changed"),
        ("DELETE FROM audit_event WHERE sequence = 3", "at event 3: "),
    ],
)
def test_the_first_broken_event_is_named(
    three: Callable[..., Answer], workspace: Path, statement: str, said: str
) -> None:
    with closing(sqlite3.connect(workspace / "records.sqlite")) as db, db:
        for verb in ("UPDATE", "DELETE"):
            db.execute(f"DROP TRIGGER audit_event_refuses_{verb}")
        db.execute(statement)
    answer = three("audit", "verify")
    assert answer.code == 1
    assert f"The log is broken {said}" in answer.out


def test_the_list_is_filtered_and_tells_before_and_after(three: Callable[..., Answer]) -> None:
    (bob,) = three("audit", "list", "--actor", "Bob", "--json").document["events"]
    assert (bob["sequence"], bob["command"], bob["origin"]) == (2, "rates.add", "cli")
    assert {"at", "subject", "before", "after", "hash"} <= set(bob)
    assert three("audit", "list", "--day", bob["at"][:10], "--json").document["events"][1] == bob
    assert three("audit", "list", "--command", "import", "--json").document == {"events": []}
    assert three("audit", "list", "--most", "1").out.count("rates.add") == 1
    assert three("audit", "list", "--day", "yesterday").code == 2
