"""Overruns: a cost center's budget holds what is below it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.fiscal import FiscalCalendar
from finops.core.fiscal_span import span_of
from finops.core.organization import Organization
from finops.ingestion.budgets import add_budgets
from finops.ingestion.budgets import Budget
from finops.ingestion.organization import publish_organization
from finops.operations.entries import log_of
from finops.operations.overruns import overruns
from finops.operations.preparing import material
from finops.operations.review import meeting_of
from tests.invoicing.bill import bring
from tests.invoicing.closable import charge
from tests.operations.room import by
from tests.operations.room import meeting

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


def test_a_parent_center_sums_its_children(opened: Workspace, tmp_path: Path) -> None:
    organization = Organization.from_mapping(
        {
            "cost_centers": [{"id": "A", "name": "A"}, {"id": "B", "name": "B", "parent": "A"}],
            "dimensions": {"x_CostCenter": {"tags": ["cc"]}},
        }
    )
    publish_organization(opened.store, **by(), root=opened.root, organization=organization)
    bring(opened, tmp_path / "b.csv", [charge("900", "2026-06", Tags='{"cc": "B"}')])
    budgets = tuple(
        Budget(
            span=span_of("2026-06", FiscalCalendar()),
            scope=f"x_CostCenter={one}",
            amount=Decimal(600),
            currency="USD",
        )
        for one in ("A", "B", "C")
    )
    add_budgets(opened.store, **by(), records=budgets, file="b.csv")
    key = meeting(opened, "2026-06", date(2026, 7, 24))
    held = meeting_of(log_of(opened), key)
    found = list(overruns(material(opened, held, today=held.day)))
    assert [(one.scope, int(one.over)) for one in found] == [
        ("x_CostCenter=A", 300),
        ("x_CostCenter=B", 300),
    ]
