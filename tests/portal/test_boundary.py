"""What goes wrong stays where it went wrong."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def script() -> None:
    import streamlit as st  # noqa: PLC0415

    from finops.errors import RateMissing  # noqa: PLC0415
    from finops.errors import UsageError  # noqa: PLC0415
    from finops.portal import boundary  # noqa: PLC0415

    boundary.clear()
    for error in (
        UsageError("No $x$ here.", remedy="Ask `again`."),
        UsageError("No $x$ here.", remedy="Ask `again`."),
        RateMissing("No rate."),
        ZeroDivisionError("secret"),
    ):
        with boundary.contained():
            raise error
    st.markdown("the end")


def test_each_fault_is_told_once_in_a_sentence_and_the_rest_is_drawn() -> None:
    at = AppTest.from_function(script).run()
    told = [error.value for error in at.error]
    assert told[0] == r"No \$x\$ here\. Ask \'again\'\."
    assert "choose a currency as billed above" in told[1].replace("\\", "")
    assert told[2].startswith("This part could not be drawn")
    assert at.caption[0].value.startswith("This cannot be drawn")
    assert at.markdown[-1].value == "the end"
    assert not at.exception


def test_a_fault_of_ours_tells_nothing_of_itself() -> None:
    at = AppTest.from_function(script).run()
    assert not any("secret" in error.value for error in at.error)
