"""What `finops review` prints."""

from __future__ import annotations

from finops.cli.reviewed import human
from finops.cli.reviewed import shown
from tests.operations.room import action


def test_an_entry_is_printed_with_its_version() -> None:
    assert shown(action(key="A1", version=3))["version"] == 3
    assert shown(None) == {}


def test_minutes_are_printed_as_they_are() -> None:
    assert human({"minutes": "# Review"}, "") == "# Review"
