"""Every measure of the catalogue, added up by hand on the little bill of April 2026."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.core.measure import Unit
from finops.errors import UsageError
from finops.measures import ask
from finops.measures import MEASURES
from finops.measures import Query
from finops.measures.catalogue import find

if TYPE_CHECKING:
    from finops.dataset import Dataset

BY_HAND = {
    # measure: what AWS charges in USD, what Microsoft charges in EUR, both in USD at 1.10
    "BilledCost": ("1675.8", "4118", "6205.6"),
    "EffectiveCost": ("1675.8", "768", "2520.6"),
    "ListCost": ("3168", "4746.0005", "8388.60055"),
    "ContractedCost": ("2815.8", "4636.4", "7915.84"),
    "UsageListCost": ("1970", "980.805", "3048.8855"),
    "UsageContractedCost": ("1676.5", "882.7245", "2647.49695"),
    "Tax": ("279.3", None, "279.3"),
    "Credits": ("-50", None, "-50"),
    "CommitmentUsed": ("600", "240", "864"),
    "CommitmentUnused": ("120", "60", "186"),
}
COUNTED = {"Charges": (11, 6, 17), "Resources": (6, 4, 10)}


def test_every_measure_is_added_up_here_by_hand() -> None:
    assert {*BY_HAND, *COUNTED, "ConsumedQuantity"} == {measure.name for measure in MEASURES}


@pytest.mark.parametrize("name", BY_HAND)
def test_money_is_told_to_the_last_digit_in_each_currency_and_in_one(
    bare: Dataset, mini: Dataset, name: str
) -> None:
    dollars, euros, whole = (None if v is None else Decimal(v) for v in BY_HAND[name])
    by_currency = ask(bare, Query(measures=(name,), currency="billing"))
    assert by_currency.columns == ("BillingCurrency", name)
    assert by_currency.rows == (("EUR", euros), ("USD", dollars))
    assert by_currency.total == {name: None}
    in_dollars = ask(mini, Query(measures=(name,)))
    assert (in_dollars.currency, in_dollars.rows) == ("USD", ((whole,),))
    assert in_dollars.total == {name: whole}


@pytest.mark.parametrize("name", COUNTED)
def test_counts_need_no_currency(bare: Dataset, name: str) -> None:
    dollars, euros, whole = COUNTED[name]
    answer = ask(bare, Query(measures=(name,), by=("BillingCurrency",)))
    assert answer.rows == (("EUR", euros), ("USD", dollars))
    assert answer.total == {name: whole}
    assert ask(bare, Query(measures=(name,))).rows == ((whole,),)


def test_a_quantity_is_always_told_by_its_unit_and_never_adds(bare: Dataset) -> None:
    """Charges without a unit have no quantity."""
    answer = ask(bare, Query(measures=("ConsumedQuantity",)))
    assert answer.columns == ("ConsumedUnit", "ConsumedQuantity")
    assert answer.rows == (
        ("GB", Decimal("3000.25")),
        ("Hours", Decimal(10551)),
        (None, None),
    )
    assert answer.total == {"ConsumedQuantity": None}


def test_a_measure_is_found_whatever_its_case() -> None:
    assert find(" effectivecost ").name == "EffectiveCost"
    with pytest.raises(UsageError, match="no measure 'Cost'") as error:
        find("Cost")
    assert "BilledCost" in error.value.remedy


def test_every_measure_is_explained_in_a_sentence() -> None:
    for measure in MEASURES:
        assert measure.definition[0].isupper()
        assert measure.definition.endswith(".")
        assert measure.title
    assert {measure.unit for measure in MEASURES} == set(Unit)
