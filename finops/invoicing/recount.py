"""Recount: the charges of somebody's certificate are added up anew, in a process of their own.

A Parquet file from elsewhere may be made to bring its reader down; then the reader is a child that
is bounded in memory and time, and the certificate does not hold.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from finops.access import bounded
from finops.dataset import extract
from finops.errors import TieoutError
from finops.invoicing.certificate import CHARGES
from finops.invoicing.totals import lines
from finops.invoicing.totals import question

NAME = re.compile("[A-Za-z_][A-Za-z0-9_]*|")
"""What a dimension may be called."""

SECONDS = 600
"""How long the charges of a month may take to be added up."""

_BROKEN = f"{CHARGES} stops whoever reads it"
_MONTHS = """
SELECT DISTINCT x_BillingMonth, coalesce(InvoiceIssuerName, coalesce(ServiceProviderName, ''))
FROM charges
"""

Counted = tuple[int, tuple[str, ...]]
"""How many charges there are, and what they do not make."""


def apart(content: bytes, told: dict[str, Any]) -> Counted:
    """Add up a file of charges, and name what differs from what a seal tells of them."""
    with tempfile.TemporaryDirectory(prefix="proof-") as folder:
        path = Path(folder, CHARGES)
        path.write_bytes(content)
        asked = {name: told[name] for name in ("month", "provider", "totals", "sources")}
        said = json.dumps({"path": str(path), "told": asked})
        answer = bounded.answer("finops.invoicing.recount", said, seconds=SECONDS)
    if answer is None:
        return 0, (_BROKEN,)
    found = json.loads(answer)
    if found is None:
        message = "the totals have not the shape of a seal's"
        raise TypeError(message)
    return found[0], tuple(found[1])


def main() -> None:
    """Add up what standard input names; on standard output the count, and what differs.

    It says null where the seal has not the shape of one.
    """
    bounded.bound(seconds=SECONDS)
    asked = json.loads(sys.stdin.read())
    try:
        found = counted(Path(asked["path"]), asked["told"])
    except (KeyError, TypeError, ValueError, AttributeError):
        found = None
    print(json.dumps(found))  # noqa: T201 -- how it talks to its parent


def counted(path: Path, told: dict[str, Any]) -> Counted:
    """Add up a file in this process.

    Raises:
        TypeError: what is told has not the shape of a seal; so ValueError, KeyError and the like.
    """
    try:
        with extract.opened(path) as charges:
            return _added(charges, told)
    except TieoutError as error:
        return 0, (str(error).removesuffix("."),)


def _added(charges: extract.Extract, told: dict[str, Any]) -> Counted:
    months = charges.rows(_MONTHS)
    differs = []
    if {row[0] for row in months} - {told["month"]}:
        differs.append("the charges: some are of another month")
    if told["provider"] and {row[1] for row in months} - {told["provider"]}:
        differs.append("the charges: some are of another issuer")
    for name, expected in told["totals"].items():
        if not NAME.fullmatch(name):
            continue
        found = lines(charges.rows(question(name, extract.RELATION)))
        if [[*line[:3], list(line.costs)] for line in found] != expected:
            differs.append(f"the totals by {name or 'month'}")
    number = sum(one[2] for one in told["totals"].get("", ()))
    delivered = sum(one["rows"] for one in told["sources"] if one["dataset"] == "CostAndUsage")
    if number != delivered:
        differs.append("the deliveries: they have other rows than the totals")
    return number, tuple(differs)


if __name__ == "__main__":
    main()
