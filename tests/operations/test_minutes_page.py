"""Minutes page: escaped characters are themselves, and nothing is fetched."""

from __future__ import annotations

from finops.operations.minutes_page import page


def test_only_our_own_marks_mean_something() -> None:
    found = page("T <b>", "# Head\n\n- **D1** a \\*\\*b\\*\\* \\<i\\> <u>\n- two\n\nend")
    assert "<h1>Head</h1>" in found
    assert (
        "<ul>\n<li><strong>D1</strong> a **b** &lt;i&gt; &lt;u&gt;</li>\n<li>two</li>\n</ul>"
        in found
    )
    assert "<title>T &lt;b&gt;</title>" in found
    assert "<p>end</p>" in found
