"""Deliveries: the staged files of an import, parted by issuer, billing account and month."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from finops.core import fault
from finops.dataset import source
from finops.dataset.engine_duckdb import FLAVOR
from finops.dataset.engine_duckdb import workbench
from finops.dataset.snapshot import Part
from finops.dataset.snapshot import Sums
from finops.focus import columns
from finops.focus import normalize
from finops.focus.normalize import quoted
from finops.focus.normalize import text
from finops.focus.raw import Kind

if TYPE_CHECKING:
    from finops.dataset.engine_duckdb import Engine
    from finops.dataset.engine_duckdb import Row
    from finops.dataset.source import Staged

MONTH = "strftime(BillingPeriodStart + INTERVAL 14 HOUR, '%Y-%m')"
"""The billing month of a row; a provider's month may begin up to 14 hours from midnight UTC."""

CHARGES, OTHERS = "charges", "datasets"
"""The folders of the workspace that hold the Delta table, and the other FOCUS datasets."""


def part_files(
    staged: Staged, root: Path, *, import_id: str, memory: str = "1400MB"
) -> tuple[Part, ...]:
    """Move a staged file to where it belongs, one file a delivery; what each then holds.

    The files lie where the dataset lies, but nothing reads them until a snapshot names them. A
    file with one delivery is moved; one with several is written once for each.
    """
    if staged.path is None:
        return ()
    with workbench(staged.path.parent, memory=memory) as engine:
        groups = _groups(engine, staged)
        return tuple(
            _part(engine, staged, root, import_id, group, alone=len(groups) == 1)
            for group in groups
        )


def slug(issuer: str, account: str) -> str:
    """A folder's name for a source: readable, and never the same for two sources."""
    plain = [
        re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-")[-40:] for part in (issuer, account)
    ]
    mark = hashlib.sha256(f"{issuer}\x1f{account}".encode()).hexdigest()[:12]
    return ".".join((*filter(None, plain), mark))


def _keys(staged: Staged) -> tuple[str, str, str]:
    """The expressions for issuer, account and month, as far as the file has them."""
    have = {m.column.id for m in staged.mapping.mapped}
    issuers = [n for n in ("InvoiceIssuerName", "ServiceProviderName") if n in have]
    issuer = f"coalesce({', '.join(issuers)}, '')" if issuers else "''"
    account = "coalesce(BillingAccountId, '')" if "BillingAccountId" in have else "''"
    if staged.raw.kind is Kind.CONTRACT_COMMITMENT:
        return issuer, "''", "''"
    return issuer, account, MONTH


def _groups(engine: Engine, staged: Staged) -> list[Row]:
    keys = ", ".join(_keys(staged))
    return engine.rows(f"SELECT {keys} FROM {_all(staged)} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3")


def _all(staged: Staged) -> str:
    return f"read_parquet({text(str(staged.path))})"


def _part(
    engine: Engine, staged: Staged, root: Path, import_id: str, group: Row, *, alone: bool
) -> Part:
    issuer, account, month = group
    kind, name = staged.raw.kind, slug(issuer, account)
    folder = (
        Path(CHARGES, f"x_Source={name}", f"x_BillingMonth={month}")
        if kind is Kind.COST_AND_USAGE
        else Path(OTHERS, kind, name)
    )
    path = folder / f"{import_id}-{staged.raw.sha256[:12]}.parquet"
    (root / folder).mkdir(parents=True, exist_ok=True)
    if alone and staged.path:
        staged.path.rename(root / path)
    else:
        keys = zip(_keys(staged), group, strict=True)
        where = " AND ".join(f"{key} = {text(value)}" for key, value in keys)
        source.copy(engine, f"SELECT * FROM {_all(staged)} WHERE {where}", root / path)
    fault.point("import:part-written")
    part = Part(
        kind=kind,
        issuer=issuer,
        account=account,
        month=month,
        source=name,
        import_id=import_id,
        path=path.as_posix(),
        rows=0,
        digest="",
        columns=tuple(m.column.id for m in staged.mapping.mapped),
    )
    return described(
        engine, root, part, tuple(dict(normalize.selected(staged.raw, staged.mapping)))
    )


def described(engine: Engine, root: Path, part: Part, written: tuple[str, ...]) -> Part:
    """Count, digest and add up the rows of a part's file; `written` are the columns it has."""
    of = f"FROM read_parquet({text(str(root / part.path))})"
    # The mapping key already is a hash of the tags' text, far cheaper than hashing a map.
    names = [name for name in written if name != "Tags"]
    hashed = f"sum(CAST(hash({', '.join(map(quoted, names))}) AS HUGEINT))"
    rows, mark = engine.rows(f"SELECT count(*), {hashed} {of}")[0]
    present = part.columns
    digest = hashlib.sha256(f"{FLAVOR}|{','.join(names)}|{rows}|{mark}".encode()).hexdigest()
    first = end = ""
    if "ChargePeriodStart" in present:
        low, high = engine.rows(f"SELECT min(ChargePeriodStart), max(ChargePeriodStart) {of}")[0]
        first, end = low.date().isoformat(), (high.date() + timedelta(days=1)).isoformat()
    return Part(
        **{
            **part.__dict__,
            "rows": rows,
            "digest": digest,
            "first_day": first,
            "end_day": end,
            "sums": _sums(engine, of, present),
        }
    )


def _sums(engine: Engine, of: str, present: tuple[str, ...]) -> tuple[Sums, ...]:
    money = [name for name in columns.MONEY if name in present]
    if not money or "BillingCurrency" not in present:
        return ()
    added = ", ".join(f"sum({name})" for name in money)
    rows = engine.rows(f"SELECT BillingCurrency, {added} {of} GROUP BY 1 ORDER BY 1")
    return tuple(
        Sums(
            currency=row[0],
            amounts=tuple(
                (name, Decimal(value))
                for name, value in zip(money, row[1:], strict=True)
                if value is not None
            ),
        )
        for row in rows
    )
