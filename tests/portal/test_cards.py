"""The figures everyone asks for first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.portal import cards
from tests.portal.conftest import OCTOBER

if TYPE_CHECKING:
    from finops.dataset import Dataset


def test_each_card_says_its_figure_its_change_and_what_it_means(dataset: Dataset) -> None:
    found = {card.label: card for card in cards.of_month(dataset, OCTOBER)}
    cost = found["Effective cost"]
    assert cost.value == "943.43\u00a0USD"
    assert (cost.moved, cost.rose, cost.against) == ("+103.8\u00a0%", True, "vs Sep")
    assert len(cost.months) == 2
    assert all(card.help for card in found.values())


def test_a_year_without_one_before_it_is_compared_with_nothing(dataset: Dataset) -> None:
    year = next(c for c in cards.of_month(dataset, OCTOBER) if c.label == "FY26 to date")
    assert year.value == "1.41K\u00a0USD"
    assert not year.moved


def test_a_share_moves_by_percent_points(dataset: Dataset) -> None:
    share = next(c for c in cards.of_month(dataset, OCTOBER) if c.label == "Without a team")
    assert share.value == "13.1\u00a0%"
    assert share.moved == "+0.2\u00a0pp"
