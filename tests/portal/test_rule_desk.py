"""The reader's draft of the rules lives as long as it says something else than what holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from finops.access.workspace import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_draft_is_kept_until_it_is_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_workspace(tmp_path).close()
    monkeypatch.setenv("FINOPS_WORKSPACE", str(tmp_path))

    def draw() -> None:
        import streamlit as st  # noqa: PLC0415 -- runs as a script of its own

        from finops.core.mapping import MappingRule  # noqa: PLC0415
        from finops.portal import rule_desk  # noqa: PLC0415

        if st.button("keep"):
            rule = MappingRule(id="one", then=(("x_Team", "a"),))
            rule_desk.keep(rule_desk.draft().put(rule))
        if st.button("drop"):
            rule_desk.drop()
        st.markdown(str(len(rule_desk.draft().changes)))

    at = AppTest.from_function(draw, default_timeout=60).run()
    seen = [at.markdown[0].value]
    seen += [at.button[place].click().run().markdown[0].value for place in (0, 1)]
    assert seen == ["0", "1", "0"]
