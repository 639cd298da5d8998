"""Coverage: whether a later delivery has everything that the one it would replace had."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from finops.dataset.engine_duckdb import workbench
from finops.focus.adjustments import NET
from finops.focus.normalize import text
from finops.focus.raw import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from finops.dataset.engine_duckdb import Engine
    from finops.dataset.snapshot import Part

_CHARGES = (("day", "CAST(ChargePeriodStart AS DATE)"), ("sub-account", "SubAccountId"))
_KEYS = {
    Kind.COST_AND_USAGE: _CHARGES,
    Kind.CONTRACT_COMMITMENT: (("commitment", "ContractCommitmentId"),),
    Kind.INVOICE_DETAIL: (("invoice", "InvoiceId"),),
    Kind.BILLING_PERIOD: (("period", "BillingPeriodStart"),),
}
_AMOUNTS = {Kind.COST_AND_USAGE: "BilledCost", Kind.INVOICE_DETAIL: "BilledCost"}


def vanishing(root: Path, former: tuple[Part, ...], new: tuple[Part, ...]) -> str:
    """Say what would be lost if new parts took the place of former ones; empty when nothing.

    Nothing is lost when every charge day and every sub-account that the former had is in the new
    (for other datasets: every commitment, invoice or period). Adjustments count with the delivery
    that they are about: what they took back cannot vanish again.
    """
    by_delivery: dict[tuple[str, str, str], list[Part]] = defaultdict(list)
    for part in former:
        by_delivery[part.concerns].append(part)
    with workbench(root / "staging") as engine:
        told = [
            lost
            for delivery, parts in by_delivery.items()
            if (lost := _lost(engine, root, parts, [p for p in new if p.concerns == delivery]))
        ]
    return " ".join(told)


def _lost(engine: Engine, root: Path, former: list[Part], new: list[Part]) -> str:
    kind = former[0].kind
    have = set.intersection(*(set(part.columns) for part in (*former, *new)))
    keys = [(name, key) for name, key in _KEYS[kind] if key in have or "(" in key]
    gone = {name: _missing(engine, root, former, new, key) for name, key in keys}
    gone = {name: values for name, values in gone.items() if values}
    if not gone:
        return ""
    among = " OR ".join(f"{key} IN ({_list(gone[name])})" for name, key in keys if name in gone)
    what = "; ".join(f"{name} {_few(values)}" for name, values in gone.items())
    month = former[0].concerns[-1]
    where = f"{former[0].issuer} {former[0].account} {month}".strip()
    return f"{where}: {what} would vanish{_amount(engine, root, former, among)}."


def _amount(engine: Engine, root: Path, former: list[Part], where: str) -> str:
    cost = _AMOUNTS.get(former[0].kind)
    if not cost:
        return ""
    of = f"FROM {_of(root, former)} WHERE {where} GROUP BY 1 ORDER BY 1"
    rows = engine.rows(f"SELECT BillingCurrency, sum({cost}) {of}")
    return (
        ", "
        + cost
        + " "
        + ", ".join(f"{value.normalize():f} {currency}" for currency, value in rows)
    )


def _missing(
    engine: Engine, root: Path, former: list[Part], new: list[Part], key: str
) -> list[str]:
    before, after = (
        f"SELECT CAST({key} AS VARCHAR) FROM {_of(root, p)} GROUP BY 1{_left(p)}"
        for p in (former, new)
    )
    return [
        row[0] for row in engine.rows(f"{before} EXCEPT {after} ORDER BY 1") if row[0] is not None
    ]


def _left(parts: list[Part]) -> str:
    """Keep what is left when adjustments took back some of the lines."""
    return f" HAVING sum({NET}) > 0" if any(part.adjusts for part in parts) else ""


def _of(root: Path, parts: Iterable[Part]) -> str:
    files = ", ".join(text(str(root / part.path)) for part in parts)
    return f"read_parquet([{files}], union_by_name = true, hive_partitioning = false)"


def _list(values: list[str]) -> str:
    return ", ".join(text(value) for value in values)


def _few(values: list[str]) -> str:
    shown = ", ".join(values[:3])
    return f"{shown} and {len(values) - 3} more" if len(values) > 3 else shown  # noqa: PLR2004
