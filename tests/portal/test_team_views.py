from __future__ import annotations

from finops.portal import team_views
from tests.portal.things import works


def test_the_first_thing_is_named_by_what_it_is_and_where() -> None:
    assert team_views._first(works()[0]).startswith("“gp2 disk that could be gp3”, ")  # noqa: SLF001
