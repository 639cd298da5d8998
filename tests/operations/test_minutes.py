"""Minutes: a person's text is shown and never done."""

from __future__ import annotations

from finops.operations.marks import plain
from finops.operations.minutes import digest


def test_text_of_people_is_escaped_and_in_one_line() -> None:
    assert plain("# a\n*b* <c>") == r"\# a \*b\* \<c\>"
    assert digest(("a", "b")) != digest(("a", "c"))
