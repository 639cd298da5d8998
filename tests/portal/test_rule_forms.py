"""A rule that the fields cannot hold is changed as text; the others in their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from finops.access.workspace import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_rule_that_reads_a_part_of_a_name_is_changed_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_workspace(tmp_path).close()
    monkeypatch.setenv("FINOPS_WORKSPACE", str(tmp_path))

    def draw() -> None:
        from finops.allocation.draft import Draft  # noqa: PLC0415 -- a script of its own
        from finops.allocation.published import Version  # noqa: PLC0415
        from finops.core.mapping import RuleSet  # noqa: PLC0415
        from finops.portal import rule_forms  # noqa: PLC0415

        names = {"x_Team": {"from": "resource_name", "part": 1, "by": "-"}}
        body = {
            "rules": [
                {"id": "names", "then": names},
                {"id": "plain", "when": {"region": "eu"}, "then": {"x_Team": "a"}},
            ]
        }
        rule_forms.edit(Draft(base=Version(number=0), rules=RuleSet.from_mapping(body)))

    at = AppTest.from_function(draw, default_timeout=60).run()
    assert not at.text_area
    at.selectbox(key="rule-chosen").set_value("names").run()
    assert "part: 1" in str(at.text_area[0].value)
    at.text_area[0].set_value("id: [")
    next(one for one in at.button if one.label == "Keep in the draft").click().run()
    assert at.error
    at.selectbox(key="rule-chosen").set_value("plain").run()
    assert not at.text_area
    assert at.selectbox(key="rule-source-plain-0").value == "region"
