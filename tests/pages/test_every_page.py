"""What every page keeps, whichever it is."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import Actor
from finops.access.roles import Role
from finops.portal import desk
from finops.portal.page import Page

if TYPE_CHECKING:
    from tests.pages.conftest import Visit

PAGES = Path(__file__).parents[2] / "pages"
FILES = sorted(
    str(path.relative_to(PAGES)) for path in PAGES.glob("*/*.py") if path.stem != "__init__"
)
each_page = pytest.mark.parametrize("file", FILES)


def page_of(file: str) -> Page:
    """The page that a file declares."""
    page = import_module(f"pages.{file.removesuffix('.py').replace('/', '.')}").page
    assert isinstance(page, Page)
    return page


@each_page
def test_it_asks_one_question_and_so_does_each_of_its_views(file: str) -> None:
    page = page_of(file)
    assert page.question.endswith("?")
    assert page.answers
    assert page.views
    assert all(view.asks.endswith("?") for view in page.views)
    assert len({view.name for view in page.views}) == len(page.views)


@each_page
def test_it_draws_every_view_without_a_fault(file: str, visit: Visit, three_months: Path) -> None:
    at = visit(three_months, file)
    assert not at.exception
    assert not at.error
    assert at.title[0].value == page_of(file).title
    shown = [head.value for head in at.subheader]
    always = {view.title for view in page_of(file).views if view.when is None}
    assert always <= set(shown)
    assert shown == [view.title for view in page_of(file).views if view.title in shown]


@each_page
def test_its_first_line_is_the_answer(file: str, visit: Visit, three_months: Path) -> None:
    first = visit(three_months, file).markdown[0].value
    assert first.startswith("## **")
    assert first.rstrip("*").endswith(".")


@each_page
def test_it_names_its_snapshot_and_state(file: str, visit: Visit, three_months: Path) -> None:
    at = visit(three_months, file)
    assert "open, not yet reconciled" in "".join(mark.value for mark in at.markdown)
    assert any("Snapshot **3-" in caption.value for caption in at.caption)


@each_page
def test_it_follows_the_month(file: str, visit: Visit, three_months: Path) -> None:
    at = visit(three_months, file)
    assert str(at.session_state["lens"].period) == "2026-10"
    at.selectbox(key="period").select_index(2).run()
    assert not at.exception
    assert str(at.session_state["lens"].period) == "2026-09"
    assert any("September 2026: open" in mark.value for mark in at.markdown)


@each_page
def test_a_link_shows_another_reader_the_same(file: str, visit: Visit, three_months: Path) -> None:
    at = visit(three_months, file, period="2026-09", basis="Billed", team="ml")
    lens = at.session_state["lens"]
    assert (str(lens.period), lens.basis.value) == ("2026-09", "BilledCost")
    assert lens.filters == (("x_Team", frozenset({"ml"})),)


@each_page
def test_what_a_link_says_that_there_is_not_is_dropped(
    file: str, visit: Visit, three_months: Path
) -> None:
    at = visit(three_months, file, period="2031-01", basis="'; DROP", team="nobody")
    lens = at.session_state["lens"]
    assert not at.exception
    assert (str(lens.period), lens.basis.value, lens.filters) == ("2026-10", "EffectiveCost", ())


@each_page
def test_an_empty_workspace_is_told_which_file_unlocks_it(
    file: str, visit: Visit, nothing: Path
) -> None:
    at = visit(nothing, file)
    assert not at.exception
    assert not at.error
    assert "FOCUS Cost and Usage export" in at.info[0].value


@each_page
def test_nobody_without_the_right_sees_it(
    file: str, visit: Visit, three_months: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "actor", lambda: Actor("machine", frozenset({Role.SERVICE})))
    monkeypatch.setenv("FINOPS_WORKSPACE", str(three_months))
    page_of(file).run()
    at = visit(three_months, file)
    assert at.error
    assert not at.subheader
