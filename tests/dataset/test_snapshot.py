from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from finops.dataset.snapshot import added
from finops.dataset.snapshot import Part
from finops.dataset.snapshot import Snapshot
from finops.dataset.snapshot import Sums
from finops.focus.raw import Kind

TEXT = st.text(max_size=8)
MONEY = st.decimals(-(10**18), 10**18, places=18)
SUMS = st.builds(
    Sums,
    currency=st.sampled_from(["USD", "EUR"]),
    amounts=st.lists(st.tuples(st.sampled_from(["BilledCost", "ListCost"]), MONEY), max_size=2).map(
        tuple
    ),
)
PARTS = st.builds(
    Part,
    kind=st.sampled_from(Kind),
    issuer=TEXT,
    account=TEXT,
    month=TEXT,
    source=TEXT,
    import_id=TEXT,
    path=TEXT,
    rows=st.integers(0, 10**12),
    digest=TEXT,
    columns=st.lists(TEXT, max_size=3).map(tuple),
    sums=st.lists(SUMS, max_size=3).map(tuple),
    mapped=TEXT,
)
SNAPSHOTS = st.builds(
    Snapshot,
    number=st.integers(1),
    revision=st.integers(1),
    at=TEXT,
    charges_version=st.integers(0),
    parts=st.lists(PARTS, max_size=4).map(tuple),
)


@given(snapshot=SNAPSHOTS)
def test_a_snapshot_is_read_back_as_it_was_written(snapshot: Snapshot) -> None:
    again = Snapshot.from_json(snapshot.to_json())
    assert again == snapshot
    assert again.id == snapshot.id
    assert again.to_json() == snapshot.to_json()


@given(snapshot=SNAPSHOTS)
def test_the_digest_is_of_the_charges_and_not_of_how_they_came(snapshot: Snapshot) -> None:
    turned = Snapshot(
        number=snapshot.number + 1,
        revision=snapshot.revision + 5,
        at="later",
        charges_version=snapshot.charges_version + 2,
        parts=tuple(reversed(snapshot.parts)),
    )
    assert turned.digest == snapshot.digest
    assert turned.id != snapshot.id


@given(snapshot=SNAPSHOTS, part=PARTS)
def test_one_part_more_is_another_digest(snapshot: Snapshot, part: Part) -> None:
    more = replace(snapshot, parts=(*snapshot.parts, part))
    assert more.digest != snapshot.digest


@given(sums=st.lists(SUMS, max_size=6).map(tuple))
def test_sums_are_added_by_currency_to_the_last_digit(sums: tuple[Sums, ...]) -> None:
    found = {(one.currency, name): amount for one in added(sums) for name, amount in one.amounts}
    for currency in ("USD", "EUR"):
        for name in ("BilledCost", "ListCost"):
            amounts = [a for s in sums if s.currency == currency for n, a in s.amounts if n == name]
            exact = sum(map(Fraction, amounts), Fraction(0))
            assert Fraction(found.get((currency, name), Decimal(0))) == exact
