from __future__ import annotations

from streamlit.testing.v1 import AppTest


def test_it_draws_as_much_as_it_is_told() -> None:
    def page() -> None:
        from finops.bench.bare_app import draw  # noqa: PLC0415 -- a script of its own

        draw(charts=1, tables=2, metrics=3)

    app = AppTest.from_function(page).run()
    assert not app.exception
    assert (len(app.metric), len(app.dataframe), len(app.slider)) == (3, 2, 1)
