"""Marks: what a person wrote comes back as it was, wherever in the minutes it stands."""

from __future__ import annotations

from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st

from finops.operations.marks import blocks
from finops.operations.marks import Grid
from finops.operations.marks import grid
from finops.operations.marks import Heading
from finops.operations.marks import Line
from finops.operations.marks import Part
from finops.operations.marks import plain
from tests.operations.hostile import TEXTS

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1)


@given(WORDS)
@example("| --- | ---: |")
@example("- ## **\\**|\\")
def test_a_text_comes_back_as_it_was_from_a_heading_an_item_and_a_cell(text: str) -> None:
    lines = [f"### {plain(text)}", f"- {plain(text)}", "", *grid(("A", "B"), [(plain(text), "x")])]
    part = (Part(text, bold=False),)
    head, item, table = blocks("\n".join(lines))
    assert head == Heading(3, part)
    assert item == Line(item=True, parts=part)
    assert isinstance(table, Grid)
    assert table.rows == ((part, (Part("x", bold=False),)),)


def test_a_hostile_text_never_opens_a_mark_of_its_own() -> None:
    for text in TEXTS:
        (found,) = blocks(f"- {plain(text)}")
        assert isinstance(found, Line)
        assert not any(part.bold for part in found.parts)


def test_a_column_that_says_nothing_is_left_out_and_numbers_stand_at_the_right() -> None:
    told = grid(("What", "Why", "Cost"), [("a", "", "1"), ("b", "", "2")], numbers={"Cost"})
    assert told == ["| What | Cost |", "| --- | ---: |", "| a | 1 |", "| b | 2 |"]
    (table,) = blocks("\n".join(told))
    assert isinstance(table, Grid)
    assert table.numbers == (False, True)
    assert grid(("What",), []) == []


def test_an_address_in_a_text_is_no_link() -> None:
    assert plain("www.example.com https://a.example me@b.example") == (
        r"www\.example.com https\://a.example me\@b.example"
    )
