"""A chart with its words and its table."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def script() -> None:
    from decimal import Decimal  # noqa: PLC0415

    from finops.portal import charts  # noqa: PLC0415
    from finops.portal import drawing  # noqa: PLC0415
    from finops.portal import tables  # noqa: PLC0415
    from finops.portal.change import Change  # noqa: PLC0415

    labels = ("September 2026", "October 2026")
    for key, cost in (("some", 5), ("none", 0)):
        parts = [Change("a", Decimal(0), Decimal(cost))]
        with drawing.headed(f"View {key}", "How much?"):
            drawing.show(
                charts.bars(parts, "USD", labels),
                tables.changes(parts, "USD", labels, "Service"),
                key=key,
            )


def test_the_reader_chooses_between_the_chart_and_its_table() -> None:
    at = AppTest.from_function(script).run()
    assert len(at.dataframe) == 0
    at.toggle[0].set_value(True).run()
    assert list(at.dataframe[0].value["Service"]) == ["a"]


def test_where_there_is_nothing_to_draw_it_is_said() -> None:
    at = AppTest.from_function(script).run()
    assert [switch.key for switch in at.toggle] == ["table-some"]
    assert at.markdown[0].value.startswith("There is no cost")
