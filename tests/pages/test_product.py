"""The product page, as a product manager uses it: 20 a day and 0.10 an order, by hand."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access import clock
from finops.access.actor import local_actor
from finops.access.workspace import open_workspace
from finops.ingestion.metrics import add_metrics
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import Metric
from finops.unit_economics.coefficients import declared
from finops.unit_economics.scenarios import scenarios
from tests.unit_economics import shop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Visit

PRODUCT = "persona/product.py"
DEMAND, PRICE = "demand-shop-orders", "price-shop-orders"


def metric(at: AppTest, label: str) -> str:
    """The live figure of that name."""
    return next(str(one.value) for one in at.metric if one.label == label)


def click(at: AppTest, label: str) -> None:
    next(button for button in at.button if button.label == label).click().run()


def test_it_opens_with_what_one_costs_and_who_is_served_at_a_loss(
    visit: Visit, selling: Path
) -> None:
    first = visit(selling, PRODUCT).markdown[0].value.replace("\u00a0", " ")
    assert first.startswith("## **One order cost 0.2")
    assert "one more costs 0.1" in first
    assert first.endswith("bulk served at a loss.")


def test_a_slider_moves_the_figures_it_should(visit: Visit, selling: Path) -> None:
    at = visit(selling, PRODUCT)
    before = metric(at, "Cost of the month"), metric(at, "Break-even (orders)")
    at.slider(key=DEMAND).set_value(20).run()
    assert not at.exception
    assert metric(at, "Cost of the month") != before[0]
    assert metric(at, "Break-even (orders)") == before[1]


def test_undo_and_reset_bring_the_levers_back(visit: Visit, selling: Path) -> None:
    at = visit(selling, PRODUCT)
    at.slider(key=DEMAND).set_value(10).run()
    at.slider(key=PRICE).set_value(5).run()
    click(at, "Undo")
    assert (at.slider(key=DEMAND).value, at.slider(key=PRICE).value) == (10, 0)
    click(at, "Reset")
    assert (at.slider(key=DEMAND).value, at.slider(key=PRICE).value) == (0, 0)


def test_a_link_shows_another_reader_the_same_levers(visit: Visit, selling: Path) -> None:
    at = visit(selling, PRODUCT, **{DEMAND: "15"})
    assert at.slider(key=DEMAND).value == 15


def test_a_link_beyond_the_bounds_is_dropped(visit: Visit, selling: Path) -> None:
    at = visit(selling, PRODUCT, **{DEMAND: "9000", PRICE: "x"})
    assert not at.exception
    assert at.slider(key=DEMAND).value == 0


def test_a_target_says_where_the_lever_must_stand(visit: Visit, selling: Path) -> None:
    at = visit(selling, PRODUCT)
    target = next(one for one in at.text_input if one.label.startswith("Target"))
    target.set_value("0.25").run()
    assert any("Efficiency must stand at" in one.value for one in at.markdown)
    next(one for one in at.text_input if one.label.startswith("Target")).set_value("much").run()
    assert "no amount" in at.error[0].value


def test_a_scenario_is_saved_once_and_listed(visit: Visit, selling: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(selling, tmp_path / "own")
    at = visit(folder, PRODUCT)
    at.slider(key=DEMAND).set_value(20).run()
    next(one for one in at.text_input if one.label.startswith("Name")).set_value("Peak")
    click(at, "Save scenario")
    assert "Peak is saved" in at.success[0].value
    workspace = open_workspace(folder)
    (found,) = scenarios(workspace)
    workspace.close()
    assert (found.name, str(found.levers.demand), found.month) == ("Peak", "0.2", "2026-10")
    at = visit(folder, PRODUCT)
    shown = next(one.value for one in at.dataframe if "Peak" in one.value)
    assert list(shown["Peak"])[2] == "current"
    click(at, "Raise to the meeting")
    assert "There is no meeting yet" in at.error[0].value


def test_a_coefficient_is_declared_with_a_reason_and_labelled(
    visit: Visit, selling: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(selling, tmp_path / "own")
    at = visit(folder, PRODUCT)
    next(one for one in at.text_input if one.label.startswith("Amount")).set_value("0.2")
    click(at, "Declare")
    assert "needs a reason" in at.error[0].value
    next(one for one in at.text_input if one.label == "Reason").set_value("Load test")
    click(at, "Declare")
    workspace = open_workspace(folder)
    (found,) = declared(workspace, None)
    workspace.close()
    assert found.reason == "Load test"
    assert "one more costs 0.2" in at.markdown[0].value


def test_a_unit_cost_is_proposed_agreed_by_somebody_else_and_tracked(
    visit: Visit, selling: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(selling, tmp_path / "own")
    monkeypatch.setenv("FINOPS_AS", "mei")
    at = visit(folder, PRODUCT)
    fields = {one.label: one for one in at.text_input if "contract" in str(one.key)}
    fields["Target for one (USD)"].set_value("0.9")
    fields["From the month"].set_value("2026-09")
    click(at, "Propose")
    assert "engineering has to agree" in at.success[0].value
    assert not any(one.label == "Agree for engineering" for one in at.button)
    monkeypatch.setenv("FINOPS_AS", "amara")
    at = visit(folder, PRODUCT)
    click(at, "Agree for engineering")
    assert "It is a contract now" in at.success[0].value
    assert any("October 2026 kept the contract" in one.value for one in at.markdown)
    assert any("Efficiency (USD)" in one.value for one in at.dataframe)
    shown = next(one.value for one in at.dataframe if "Kept" in one.value)
    assert list(shown["Kept"]) == ["yes", "yes"]


def test_twenty_days_of_units_get_a_sentence_instead_of_a_fit(
    visit: Visit, three_months: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(three_months, tmp_path / "own")
    counted = tuple(
        Metric(day=date(2026, 10, 1 + n), product="", segment="", unit="orders",
               amount=Decimal(100 + n), kind=Kind.UNITS)
        for n in range(20)
    )  # fmt: skip
    workspace = open_workspace(folder)
    add_metrics(
        workspace.store, actor=local_actor(), at=clock.now(), origin="", records=counted, file="m"
    )
    workspace.close()
    at = visit(folder, PRODUCT)
    said = at.warning[0].value.replace("\\", "")
    assert "20 days and 0 months have units: a fit needs 60 days or 12 months." in said
    assert "nobody knows what one more costs" in at.markdown[0].value
    assert [at.slider(key=f"{name}--orders").disabled for name in ("demand", "price")] == [
        True,
        False,
    ]


def steady(_: date) -> int:
    """The same volume every day."""
    return 100


def cheaper(day: date) -> int:
    """From 16 September the same bill pays for 60 orders more a day: one costs less."""
    return shop.orders(day) + (60 if day >= date(2026, 9, 16) else 0)


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        (steady, "Volume hardly varied over 92 days (0.0% around its mean), so nobody can tell"),
        (cheaper, "From 2026-09-16 the same volume costs 19% less: a price or a design changed"),
    ],
)
def test_volume_that_never_varies_or_a_price_cut_in_the_middle_get_a_sentence_instead_of_a_fit(
    visit: Visit, selling: Path, tmp_path: Path, counted: Callable[[date], int], said: str
) -> None:
    folder = shutil.copytree(selling, tmp_path / "own")
    shop.count(folder, counted)
    at = visit(folder, PRODUCT)
    assert not at.exception
    assert said in at.warning[0].value.replace("\\", "")
    assert "nobody knows what one more costs" in at.markdown[0].value
    assert at.slider(key=DEMAND).disabled


def test_without_units_it_offers_the_file_that_brings_them(
    visit: Visit, three_months: Path
) -> None:
    at = visit(three_months, PRODUCT)
    assert "Nothing has a unit cost yet" in at.markdown[0].value
    assert any(one.label == "Download the template of metrics" for one in at.download_button)
