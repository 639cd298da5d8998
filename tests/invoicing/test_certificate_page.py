"""The page of a certificate says what the seal says, and no text in it becomes HTML."""

from __future__ import annotations

from finops.invoicing.certificate_page import page

TOLD = {
    "company": "<script>alert(1)</script>",
    "month": "2026-04",
    "provider": "",
    "snapshot": "3-abc",
    "requested_by": "Ann & Co",
    "approved_by": "Bob",
    "approved_at": "2026-05-03",
    "reason": "",
    "audit": {"sequence": 7, "hash": "h"},
    "previous": "",
    "replaces": "old",
    "organization": "o",
    "totals": {"": [[None, "USD", 2, ["30", "30", None, "30"]]], "x_Team": []},
    "invoices": [
        {
            "issuer": "<b>",
            "invoice": "I-1",
            "currency": "USD",
            "invoiced": "30",
            "billed": "30",
            "status": "MATCHED",
        }
    ],
    "sources": [
        {"issuer": "Cloud", "account": "1", "dataset": "CostAndUsage", "rows": 2, "sha256": "s"}
    ],
}


def test_every_text_is_escaped_and_every_fact_is_there() -> None:
    html = page("f00d", TOLD)
    assert "<script>" not in html
    assert "<b>" not in html
    for said in ("f00d", "Ann &amp; Co", "event 7, h", "old", "MATCHED", "unknown", "By x_Team"):
        assert said in html


def test_nothing_is_fetched() -> None:
    assert "http" not in page("s", TOLD)
    assert "src=" not in page("s", TOLD)
