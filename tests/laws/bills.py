"""Bills at random: two currencies, accounts and months, amounts written in every way."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from finops.core.amount import total
from finops.core.measure import Axis
from finops.focus.columns import MONEY
from finops.measures import ask
from finops.measures import Query
from tests.corpus import as_csv
from tests.corpus import Charge
from tests.corpus import charge
from tests.corpus.workspaces import copied

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from finops.access.workspace import Workspace

MONTHS = {
    month: {
        "BillingPeriodStart": f"2026-{month:02}-01T00:00:00Z",
        "BillingPeriodEnd": f"2026-{month + 1:02}-01T00:00:00Z",
    }
    for month in (3, 4)
}
ACCOUNTS, SUB_ACCOUNTS = ("1111", "9999"), ("2222", "3333", "")
SERVICES = ("Amazon EC2", "Größe; \"of\", 'all'", "")
TAGS = ('{"team": "search"}', '{"team": "ml", "env": "prod"}', "{}", "", "[]")
CATEGORIES = ("Usage", "Purchase", "Credit", "Tax")
RESOURCES = ("i-1", "i-2", "")

Sums = dict[str, dict[str, Decimal]]


@st.composite
def amounts(draw: st.DrawFn) -> str:
    """An amount of at most 18 decimals, as text: plain, or with an exponent."""
    places = draw(st.integers(0, 18))
    value = Decimal(draw(st.integers(-(10**18), 10**18))).scaleb(-places)
    return str(value) if draw(st.booleans()) else f"{value:f}"


@st.composite
def charges(draw: st.DrawFn) -> Charge:
    """One charge that holds."""
    month, day = draw(st.sampled_from([3, 4])), draw(st.integers(1, 27))
    costs = {name: draw(amounts()) for name in MONEY}
    if draw(st.integers(0, 4)) == 0:
        costs["ListCost"] = ""
    return charge(
        **costs,
        **MONTHS[month],
        ChargePeriodStart=f"2026-{month:02}-{day:02}T00:00:00Z",
        ChargePeriodEnd=f"2026-{month:02}-{day + 1:02}T00:00:00Z",
        BillingAccountId=draw(st.sampled_from(ACCOUNTS)),
        SubAccountId=draw(st.sampled_from(SUB_ACCOUNTS)),
        BillingCurrency=draw(st.sampled_from(["USD", "EUR"])),
        ServiceName=draw(st.sampled_from(SERVICES)),
        ChargeCategory=draw(st.sampled_from(CATEGORIES)),
        ResourceId=draw(st.sampled_from(RESOURCES)),
        Tags=draw(st.sampled_from(TAGS)),
    )


def bills(least: int = 1, most: int = 12) -> st.SearchStrategy[list[Charge]]:
    """Some charges, equal ones among them."""
    return st.lists(charges(), min_size=least, max_size=most).flatmap(
        lambda rows: st.lists(st.sampled_from(rows), max_size=2).map(lambda more: rows + more)
    )


@contextmanager
def workspace(template: Path) -> Iterator[Workspace]:
    """A workspace of an example's own."""
    with tempfile.TemporaryDirectory() as folder:
        opened = copied(template, Path(folder) / "workspace")
        try:
            yield opened
        finally:
            opened.close()


def saved(workspace: Workspace, rows: Iterable[Charge], name: str = "bill.csv") -> Path:
    """The charges as a file beside the workspace."""
    path = workspace.root.parent / name
    path.write_bytes(as_csv(rows))
    return path


def summed(rows: Iterable[Charge]) -> Sums:
    """The four costs by currency, added up without any engine."""
    found: dict[str, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for name in MONEY:
            if row[name]:
                found[row["BillingCurrency"]][name].append(Decimal(row[name]))
    return {c: {n: total(values) for n, values in sums.items()} for c, sums in found.items()}


def answered(workspace: Workspace, *by: str) -> dict[tuple[object, ...], tuple[object, ...]]:
    """The four costs by dimensions and currency, as everybody asks for them."""
    query = Query(
        measures=MONEY, by=(*by, "BillingCurrency"), axis=Axis.BILLING, currency="billing"
    )
    rows = ask(workspace.dataset(), query).rows
    return {row[: len(by) + 1]: row[len(by) + 1 :] for row in rows}
