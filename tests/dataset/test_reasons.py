"""Why a line of a closed month is gone or new is told from the lines beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.ingestion.commit import Mode
from tests.ingestion.lateness import close
from tests.ingestion.lateness import deliver
from tests.ingestion.lateness import of
from tests.ingestion.lateness import reasons

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from tests.corpus import Charge

APRIL = [of(4, "10"), of(4, "20", day=2, ResourceId="i-2", SubAccountId="3333")]


@pytest.mark.parametrize(
    ("restated", "told"),
    [
        ([of(4, "12"), APRIL[1]], {"restated up": "2"}),
        ([of(4, "9.5"), APRIL[1]], {"restated down": "-0.5"}),
        ([APRIL[0] | {"ChargeDescription": "other"}, APRIL[1]], {"details changed": "0"}),
        ([*APRIL, of(4, "4", ResourceId="i-9")], {"late usage": "4"}),
        ([*APRIL, of(4, "-3", ChargeCategory="Credit")], {"credit": "-3"}),
        ([*APRIL, of(4, "5", ChargeCategory="Tax")], {"new charge": "5"}),
        ([*APRIL, of(4, "-1", ChargeClass="Correction")], {"correction": "-1"}),
        (
            [of(4, "11.5"), APRIL[1], of(4, "-8", ChargeClass="Correction")],
            {"restated up": "1.5", "correction": "-8"},
        ),
        ([APRIL[0]], {"deleted line": "-20"}),
        ([APRIL[0] | {"SubAccountId": "4444"}, APRIL[1]], {"moved account": "0"}),
        ([APRIL[0] | {"BillingAccountId": "9999"}, APRIL[1]], {"moved account": "0"}),
        (
            [APRIL[0] | {"SubAccountId": "4", "ResourceId": "4/i-1"}, APRIL[1]],
            {"moved account": "0"},
        ),
        ([APRIL[0] | {"BillingCurrency": "EUR"}, APRIL[1]], {"new currency": "0"}),
        (
            [
                of(4, "11"),
                of(4, "20", day=2, ResourceId="i-2", SubAccountId="5"),
                of(4, "1", day=9),
            ],
            {"restated up": "1", "moved account": "0", "late usage": "1"},
        ),
    ],
)
def test_each_change_has_its_reason(
    fresh: Workspace, restated: list[Charge], told: dict[str, str]
) -> None:
    deliver(fresh, APRIL)
    close(fresh, "2026-04")
    deliver(fresh, restated, Mode.REPLACE)
    found = reasons(fresh)
    if "new currency" in told:
        assert set(found) == {"new currency"}
    else:
        assert found == {reason: Decimal(amount) for reason, amount in told.items()}
