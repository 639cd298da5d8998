"""Reading minutes: what is drawn is what was written, and nothing of it does anything."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from finops.operations.marks import plain

HOSTILE = ":red[a] $x$ <b> https://a.example"
MINUTES = f"""# Review

**1 decision.** {plain(HOSTILE)}

## Actions

| Action | Cost |
| --- | ---: |
| {plain("a | b")} | **1.00** |

## Notes

- {plain(HOSTILE)}
"""


def page(minutes: str) -> None:
    from finops.portal import reading_minutes  # noqa: PLC0415 -- a page of its own

    reading_minutes.draw(minutes)


def test_lines_are_text_below_the_headings_of_the_page_and_tables_are_tables() -> None:
    at = AppTest.from_function(page, args=(MINUTES,)).run()
    assert not at.exception
    first, last = (one.value for one in at.markdown)
    assert first.startswith("#### Review")
    assert "**1 decision" in first
    assert "##### Notes" in last
    for drawn in (first, last):
        assert r"\:red\[a\] \$x\$ \<b\>" in drawn
        assert "https:" not in drawn
    (table,) = at.table
    assert table.value.to_dict("list") == {"Action": [r"a \| b"], "Cost": [r"1\.00"]}
