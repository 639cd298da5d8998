"""What `finops review` prints."""

from __future__ import annotations

import io
from decimal import Decimal

from rich.console import Console

from finops.cli.reviewed import human
from finops.cli.reviewed import shown
from tests.operations.room import action


def test_an_entry_is_printed_with_its_version() -> None:
    assert shown(action(key="A1", version=3))["version"] == 3
    assert shown(None) == {}


def test_amounts_are_printed_as_they_are_posted_and_what_is_empty_is_left_out() -> None:
    item = {"title": "search rose", "amount": Decimal("4096.3273535661"), "currency": "USD"}
    rows: dict[str, object] = {"items": [{**item, "owner": "Ines", "minutes": 5, "key": "C1"}]}
    assert "4,096.33 USD" in " ".join(printed(human(rows, "items")).split())
    frozen = {"month": "2026-04", "amount": Decimal("960.00"), "snapshot": ""}
    told = printed(human({"key": "D1", "dissent": "", "due": None, "baseline": frozen}, ""))
    assert "month 2026-04, amount 960" in told
    assert "dissent" not in told
    assert "due" not in told
    options = [{"text": "Switch it off", "effect": Decimal(-300)}, {"text": "Wait", "effect": None}]
    assert "Switch it off, effect -300; text Wait" in printed(human({"options": options}, ""))


def printed(told: object) -> str:
    """What stands on a wide terminal."""
    console = Console(file=io.StringIO(), width=200)
    with console.capture() as caught:
        console.print(told)
    return caught.get()


def test_minutes_are_printed_as_they_are() -> None:
    assert human({"minutes": "# Review"}, "") == "# Review"
