from __future__ import annotations

from streamlit.testing.v1 import AppTest

from finops.portal import reading


def page() -> None:
    """A page that asks twice in a run and once in a fragment, and counts how often it is read."""
    import streamlit as st  # noqa: PLC0415 -- the page is a script of its own

    from finops.portal import reading  # noqa: PLC0415

    def read() -> int:
        st.session_state["read"] = st.session_state.get("read", 0) + 1
        return int(st.session_state["read"])

    @st.fragment
    def part() -> None:
        st.button("Again")
        st.text(f"part {reading.once('who', read)}")

    st.text(f"first {reading.once('who', read)}")
    st.text(f"other {reading.once('what', read)}")
    part()
    if st.session_state["read"] > 4:
        reading.forget()
    st.text(f"last {reading.once('who', read)}")


def told(at: AppTest) -> list[str]:
    assert not at.exception
    return [one.value for one in at.text]


def test_a_run_reads_each_thing_once_and_the_next_run_reads_it_anew() -> None:
    at = AppTest.from_function(page).run()
    assert told(at) == ["first 1", "other 2", "part 1", "last 1"]
    assert told(at.run()) == ["first 3", "other 4", "part 3", "last 3"]
    assert "part 5" in told(at.button[0].click().run())


def test_what_was_read_before_something_was_done_is_forgotten() -> None:
    at = AppTest.from_function(page).run().run()
    assert told(at.run()) == ["first 5", "other 6", "part 5", "last 7"]


def test_outside_of_a_page_each_question_is_read() -> None:
    found = iter((1, 2))
    assert [reading.once("who", lambda: next(found)) for _ in range(2)] == [1, 2]
