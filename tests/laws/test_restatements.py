"""Whatever a later delivery says of a closed month: closed + adjustments = restated, exactly."""

from __future__ import annotations

import hashlib
import random
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.core.amount import EXACT
from finops.focus.columns import MONEY
from finops.ingestion.commit import Mode
from tests.ingestion.lateness import close
from tests.ingestion.lateness import deliver
from tests.ingestion.lateness import figures
from tests.ingestion.lateness import of
from tests.ingestion.lateness import summed

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from finops.access.workspace import Workspace
    from tests.corpus import Charge

ISSUERS = tuple(f"Cloud {number}" for number in range(15))
ACCOUNTS = ("1111", "9999")
ROUNDS = 2
SEEDS = range(5)
"""15 issuers of two accounts, restated twice in each of 5 workspaces: 300 restatements."""


def amount(chance: Random) -> str:
    """Up to 18 decimals, above and below zero."""
    places = chance.choice((0, 2, 9, 18))
    return f"{Decimal(chance.randint(-(10**9), 10**12)).scaleb(-places):f}"


def a_charge(chance: Random, issuer: str, account: str) -> Charge:
    return of(
        4,
        "0",
        day=chance.randint(1, 6),
        InvoiceIssuerName=issuer,
        BillingAccountId=account,
        SubAccountId=chance.choice(("2222", "3333")),
        ResourceId=chance.choice(("i-1", "i-2", "")),
        ChargeCategory=chance.choice(("Usage", "Usage", "Credit", "Tax")),
        ChargeClass=chance.choice(("", "", "", "Correction")),
        **{name: amount(chance) for name in MONEY},
    )


def _up(chance: Random, rows: list[Charge]) -> list[Charge]:
    return _by(chance, rows, Decimal(chance.randint(1, 10**6)).scaleb(-4))


def _down(chance: Random, rows: list[Charge]) -> list[Charge]:
    return _by(chance, rows, -Decimal(chance.randint(1, 10**6)).scaleb(-4))


def _by(chance: Random, rows: list[Charge], more: Decimal) -> list[Charge]:
    place = chance.randrange(len(rows))
    changed = rows[place] | {
        name: f"{EXACT.add(Decimal(rows[place][name]), more):f}" for name in MONEY
    }
    return [*rows[:place], changed, *rows[place + 1 :]]


def _moved(chance: Random, rows: list[Charge]) -> list[Charge]:
    """Lines leave one billing account and stand in the other."""
    place = chance.randrange(len(rows))
    other = next(one for one in ACCOUNTS if one != rows[place]["BillingAccountId"])
    return [*rows[:place], rows[place] | {"BillingAccountId": other}, *rows[place + 1 :]]


def _deleted(chance: Random, rows: list[Charge]) -> list[Charge]:
    return rows[1:] if chance.random() < 0.5 else rows[:-1]


def _currency(chance: Random, rows: list[Charge]) -> list[Charge]:
    place = chance.randrange(len(rows))
    return [*rows[:place], rows[place] | {"BillingCurrency": "EUR"}, *rows[place + 1 :]]


def _late(chance: Random, rows: list[Charge]) -> list[Charge]:
    return [*rows, a_charge(chance, rows[0]["InvoiceIssuerName"], ACCOUNTS[0]), rows[-1]]


CHANGES: tuple[Callable[[Random, list[Charge]], list[Charge]], ...] = (
    _up,
    _down,
    _moved,
    _deleted,
    _currency,
    _late,
)


def restated(chance: Random, rows: list[Charge]) -> list[Charge]:
    """One to three changes of an issuer's lines; each account keeps at least one."""
    changed = rows
    for change in chance.choices(CHANGES, k=chance.randint(1, 3)):
        after = change(chance, changed)
        if {row["BillingAccountId"] for row in after} == set(ACCOUNTS):
            changed = after
    return changed


def contents(workspace: Workspace) -> dict[str, str]:
    """The digest of every file of charges of April as it was closed."""
    folder = workspace.root / "charges"
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("x_BillingMonth=2026-04/*.parquet")
    }


@pytest.mark.thorough
@pytest.mark.parametrize("seed", SEEDS)
def test_closed_figures_stay_and_with_the_adjustments_are_the_restated_ones(
    fresh: Workspace, seed: int
) -> None:
    chance = random.Random(seed)
    said = {
        issuer: [a_charge(chance, issuer, ACCOUNTS[n % 2]) for n in range(chance.randint(4, 9))]
        for issuer in ISSUERS
    }
    every = [row for rows in said.values() for row in rows]
    deliver(fresh, every)
    close(fresh, "2026-04")
    files, closed = contents(fresh), figures(fresh, billed_in="2026-04")
    assert closed == summed(every)

    for _ in range(ROUNDS):
        said = {issuer: restated(chance, rows) for issuer, rows in said.items()}
        every = [row for rows in said.values() for row in rows]
        deliver(fresh, every, Mode.REPLACE)
        assert contents(fresh) == files
        assert figures(fresh, billed_in="2026-04") == closed
        assert figures(fresh, "2026-04") == summed(every)
    assert deliver(fresh, every, Mode.REPLACE).restates == ()
