"""Cost centers are charged back where nothing is missing; of all others it is said what is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from finops.core.amount import total
from finops.invoicing.booked import Booked
from finops.invoicing.booked import Part
from finops.invoicing.posting import Accounts
from finops.invoicing.posting import Terms
from finops.invoicing.recharge import Gate
from finops.invoicing.recharge import NO_CENTER
from finops.invoicing.recharge import NO_STATEMENT
from finops.invoicing.recharge import recharge
from tests.invoicing.bill import MONTH
from tests.invoicing.bill import part

if TYPE_CHECKING:
    from finops.invoicing.posting import Entry
    from finops.invoicing.recharge import Recharged

TERMS = Terms(accounts=Accounts(), reporting="USD", tell=lambda number, _: number)
ONE_AGREED = Gate(of_center={"CC-1": (), "CC-2": ("CC-2 has not agreed to 2026-04",)})


def booked(center: str, cost: str | Decimal, **other: object) -> Part:
    return Part(**vars(part(cost)) | other, cost_center=center)


def recharged(parts: list[Part], gate: Gate) -> tuple[Entry, Recharged]:
    (found,), (told,) = recharge(
        [Booked("I-1", "Cloud", "USD", tuple(parts))],
        gate,
        month=MONTH,
        day=date(2026, 4, 30),
        terms=TERMS,
    )
    return found, told


def test_a_cost_center_that_agreed_is_charged_and_the_others_wait_with_what_is_missing() -> None:
    """Dr CC-1 60, Cr IT clearing 60; 40 of CC-2, 7 of nobody and 3 of CC-9 are not recharged."""
    parts = [booked(name, cost) for name, cost in
             [("CC-1", "60"), ("CC-2", "40"), ("UNALLOCATED", "7"), ("CC-9", "3")]]  # fmt: skip
    found, told = recharged(parts, ONE_AGREED)
    assert [(n.account, n.cost_center, n.debit, n.credit) for n in found.lines] == [
        ("6100", "CC-1", Decimal(60), Decimal(0)),
        ("6900", "", Decimal(0), Decimal(60)),
    ]
    assert [(one.cost_center, one.amount, one.lacks) for one in told.waiting] == [
        ("CC-2", Decimal(40), ("CC-2 has not agreed to 2026-04",)),
        ("UNALLOCATED", Decimal(7), (NO_CENTER,)),
        ("CC-9", Decimal(3), (NO_STATEMENT,)),
    ]
    assert (told.population, told.rate) == (Decimal(110), Decimal("0.545455"))


def test_what_the_month_lacks_holds_everybody_back() -> None:
    gate = Gate(of_month=("the month is open, not reconciled",), of_center={"CC-1": ()})
    found, told = recharged([booked("CC-1", "60")], gate)
    assert not found.lines
    assert told.rate == 0
    assert told.waiting[0].lacks == ("the month is open, not reconciled",)


def test_tax_is_recharged_to_nobody_and_does_not_wait() -> None:
    parts = [booked("CC-1", "60"), booked("CC-1", "9", category="Tax")]
    found, told = recharged(parts, ONE_AGREED)
    assert found.debits == 60 == told.population


centers = st.sampled_from(["CC-1", "CC-2", "CC-3", "UNALLOCATED"])
costs = st.decimals(-1_000_000, 1_000_000, places=6)
gates = st.builds(
    Gate,
    of_month=st.sampled_from([(), ("the month is open",)]),
    of_center=st.dictionaries(centers, st.sampled_from([(), ("not agreed",)])),
)


@given(st.lists(st.builds(booked, centers, costs), max_size=8), gates)
def test_what_is_recharged_and_what_waits_is_all_that_was_consumed(
    parts: list[Part], gate: Gate
) -> None:
    found, told = recharged(parts, gate)
    charged = {line.cost_center for line in found.lines if line.cost_center}
    waits = {one.cost_center for one in told.waiting}
    assert found.balances
    assert not charged & waits
    assert all(not gate.lacks(one) for one in charged)
    consumed = total(one.effective for one in parts if one.cost_center not in waits)
    assert consumed + total(one.amount for one in told.waiting) == told.population
