"""A form's request is done once and then said; a fault is said in its place."""

from __future__ import annotations

from itertools import chain
from itertools import repeat
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from finops.portal import once
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty workspace that the portal stands on."""
    monkeypatch.setenv("FINOPS_WORKSPACE", str(bills.nothing(tmp_path)))


def page() -> None:
    """A form that fails when it is told to, and counts what it does."""
    import streamlit as st  # noqa: PLC0415

    from finops.access.command import Call  # noqa: PLC0415, TC001
    from finops.access.roles import Permission  # noqa: PLC0415
    from finops.errors import UsageError  # noqa: PLC0415
    from finops.portal import once  # noqa: PLC0415

    done = st.session_state.setdefault("done", [])

    def fields(turn: str) -> str:
        return st.text_input("What", key=f"{turn}-what")

    def work(what: str, call: Call) -> str:
        if what == "wrong":
            message = "That cannot be"
            raise UsageError(message)
        done.append(call["key"])
        return f"Done: {what} `x`."

    once.told("here")
    once.ask("act", ("Do it", Permission.CLOSE_PERIODS), fields, work, place="here")


def test_what_is_done_is_said_and_the_form_is_new() -> None:
    app = AppTest.from_function(page).run()
    app.text_input[0].input("this")
    app.button[0].click().run()
    assert len(app.session_state["done"]) == 1
    assert app.success[0].value == r"Done\: this \`x\`\."
    assert app.text_input[0].value == ""
    app.text_input[0].input("that")
    app.button[0].click().run()
    first, second = app.session_state["done"]
    assert first != second


def test_the_run_of_a_second_click_still_says_what_the_first_one_did(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = chain([0.0, 0.0, 1.0], repeat(6.0))
    monkeypatch.setattr(once, "monotonic", lambda: next(clock))
    app = AppTest.from_function(page).run()
    app.text_input[0].input("this")
    app.button[0].click().run()
    assert app.success
    app.run()
    assert app.success[0].value == r"Done\: this \`x\`\."
    app.run()
    assert not app.success


def test_a_fault_is_said_and_the_form_stays() -> None:
    app = AppTest.from_function(page).run()
    app.text_input[0].input("wrong")
    app.button[0].click().run()
    assert app.error[0].value == "That cannot be"
    assert app.text_input[0].value == "wrong"
    assert app.session_state["done"] == []
