"""Sources: what the figures and records of a month put on the agenda."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.fiscal import FiscalCalendar
from finops.core.fiscal_span import span_of
from finops.ingestion.budgets import add_budgets
from finops.ingestion.budgets import Budget
from finops.operations.actions import act
from finops.operations.disputes import Dispute
from finops.operations.disputes import raise_dispute
from finops.operations.entries import log_of
from finops.operations.material import Written
from finops.operations.preparing import material
from finops.operations.review import meeting_of
from finops.operations.sources import FROZEN
from finops.operations.sources import LIVE
from tests.invoicing.bill import bring
from tests.invoicing.closable import charge
from tests.operations.room import action
from tests.operations.room import by
from tests.operations.room import meeting
from tests.operations.room import spring

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


def test_every_source_says_where_an_item_comes_from(opened: Workspace, tmp_path: Path) -> None:
    spring(opened, tmp_path / "spring.csv")
    bring(opened, tmp_path / "june.csv", [charge("900", "2026-06", Tags="")])
    budget = Budget(span=span_of("2026-06", FiscalCalendar()), scope="all", amount=Decimal(600),
                    currency="USD")  # fmt: skip
    add_budgets(opened.store, **by(), records=(budget,), file="b.csv")
    key = meeting(opened, "2026-06", date(2026, 7, 24))
    act(opened.store, **by(), entry=action(meeting=key, expected=Decimal(-365)))
    entry = Dispute(scope="x_Team=search", month="2026-05", line="Direct cost", reason="not ours",
                    amount=Decimal(12), currency="USD")  # fmt: skip
    raise_dispute(opened.store, **by(), entry=entry)
    log = log_of(opened)
    today = date(2026, 7, 24)
    found = material(opened, meeting_of(log, key), today=today)
    items = [item for source in FROZEN for item in source(found)]
    told = {item.source: item for item in items}
    assert set(told) == {"invoices", "variances", "coverage", "periods", "budgets", "pricing"}
    assert told["pricing"].title == "FY26 Q2: do our prices cover what a unit costs?"
    assert (int(told["coverage"].amount), int(told["budgets"].amount)) == (900, 300)
    assert told["variances"].amount < 0
    late = [item for source in LIVE for item in source(Written(log, found.meeting, today, "USD"))]
    assert [(one.source, round(one.amount)) for one in late] == [
        ("actions", 480),
        ("disputes", 12),
    ]
