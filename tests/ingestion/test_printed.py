from __future__ import annotations

import pytest

from finops.ingestion.printed import item
from finops.ingestion.printed import within


def test_what_was_not_said_is_left_out() -> None:
    told = item("disk", " vol-1 ", {"size": 5, "attached": False, "iops": None})
    assert told.resource == "vol-1"
    assert told.facts == (("attached", "no"), ("size", "5"))


@pytest.mark.parametrize("resource", [None, "", " ", 5])
def test_a_resource_has_an_id(resource: object) -> None:
    with pytest.raises(ValueError, match="a disk without an id"):
        item("disk", resource, {})


def test_what_is_not_there_is_nothing() -> None:
    assert within({"a": [{"b": 1}]}, "a", 0, "b") == 1
    assert within({"a": []}, "a", 0, "b") is None
    assert within(None, "a") is None
