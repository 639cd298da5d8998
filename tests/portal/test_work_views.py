from __future__ import annotations

from finops.portal import work_views
from tests.portal.things import told
from tests.portal.things import works


def test_a_price_that_nobody_knows_is_said_to_be_unknown() -> None:
    known, _, unknown = (one.finding for one in works())
    assert "saves 10" in work_views._worth(known, told()).replace("\\", "")  # noqa: SLF001
    assert "the bill cannot say" in work_views._worth(unknown, told())  # noqa: SLF001


def test_what_may_be_wrong_and_the_way_back_are_said() -> None:
    said = work_views._careful(works()[0].finding)  # noqa: SLF001
    assert "Proven, confidence high." in said
    assert "May be wrong" in said
    assert "Way back" in said
