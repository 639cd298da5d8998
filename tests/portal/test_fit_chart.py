"""Fit chart: what was seen, the line through it, and what was never seen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.portal import fit_chart
from finops.unit_economics.model import unknown
from tests.unit_economics.conftest import october
from tests.unit_economics.conftest import of_shop
from tests.unit_economics.conftest import sold

if TYPE_CHECKING:
    from finops.unit_economics.prepared import Prepared

__all__ = ["october", "of_shop", "sold"]


def test_the_line_is_told_with_where_the_levers_stand(october: Prepared) -> None:
    found = fit_chart.fit(october, Decimal(120))
    told = found.alt.replace("\u00a0", " ")
    assert "one more costs 0.1000 USD; the levers ask for 120. Volume explains 100.0 %." in told
    assert len(found.figure.layout.shapes) == 3
    assert "beyond what was seen" in fit_chart.fit(october, Decimal(900)).alt


def test_without_a_fit_there_is_nothing_to_draw(october: Prepared) -> None:
    assert fit_chart.fit(replace(october, model=unknown("too few")), Decimal(1)).empty
