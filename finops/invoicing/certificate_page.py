"""Certificate page: the certificate of a closed month, as one page to read, print and file."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from typing import Any
from typing import TYPE_CHECKING

from finops.focus.columns import MONEY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

SHOWN = ("", "InvoiceIssuerName", "BillingAccountId", "ServiceCategory", "x_Team", "x_CostCenter")
"""The totals that stand on the page; the JSON beside it has every one."""

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;margin:.5rem 0 1.5rem;width:100%}"
    "td,th{border-bottom:1px solid #ccc;padding:.2rem .5rem;text-align:left;"
    "overflow-wrap:anywhere}"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}code{overflow-wrap:anywhere}"
)


def page(seal: str, told: Mapping[str, Any]) -> str:
    """The certificate as HTML: nothing is fetched, nothing runs, every text is escaped."""
    whose = told["provider"] or "all issuers"
    title = f"{told['company']} {told['month']}: certificate of the close".strip()
    audit = told["audit"]
    facts = (
        ("Month", told["month"]),
        ("Closed for", whose),
        ("Snapshot", told["snapshot"]),
        ("Asked by", told["requested_by"]),
        ("Approved by", f"{told['approved_by']}, {told['approved_at']}"),
        ("Reason", told["reason"] or "none given"),
        ("Audit", f"event {audit['sequence']}, {audit['hash']}"),
        ("Seal before it", told["previous"] or "none"),
        ("Seal that it replaces", told["replaces"] or "none"),
        ("Organization", told["organization"]),
    )
    parts = [
        f"<h1>{escape(title)}</h1><p>Seal <code>{escape(seal)}</code></p>",
        _table(("", ""), facts),
        *(_totals(name, told["totals"][name]) for name in SHOWN if name in told["totals"]),
        "<h2>Invoices</h2>",
        _table(("Issuer", "Invoice", "Currency", "Invoiced", "Billed", "Status"), _invoices(told)),
        "<h2>Deliveries</h2>",
        _table(("Issuer", "Account", "Dataset", "Rows", "SHA-256 of the file"), _sources(told)),
    ]
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return (
        f'<!doctype html><html lang="en"><head>{head}</head>\n<body>\n'
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _totals(name: str, lines: Iterable[Any]) -> str:
    columns = (name or "Everything", "Currency", "Charges", *MONEY)
    rows = [(value or "", currency, count, *costs) for value, currency, count, costs in lines]
    return f"<h2>By {escape(name)}</h2>" * bool(name) + _table(columns, rows)


def _invoices(told: Mapping[str, Any]) -> list[tuple[object, ...]]:
    keys = ("issuer", "invoice", "currency", "invoiced", "billed", "status")
    return [tuple(one[key] for key in keys) for one in told["invoices"]]


def _sources(told: Mapping[str, Any]) -> list[tuple[object, ...]]:
    keys = ("issuer", "account", "dataset", "rows", "sha256")
    return [tuple(one[key] for key in keys) for one in told["sources"]]


def _table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><tr>{head}</tr>\n{body}</table>"


def _cell(value: object) -> str:
    text = "unknown" if value is None else str(value)
    try:
        counted = Decimal(text).is_finite()
    except ArithmeticError:
        counted = False
    return f"<td{' class=n' * counted}>{escape(text)}</td>"
