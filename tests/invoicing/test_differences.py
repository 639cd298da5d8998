"""A difference within half a minor unit for each line of an invoice is rounding."""

from __future__ import annotations

from decimal import Decimal

from finops.invoicing.differences import Reason
from finops.invoicing.named import explain
from tests.invoicing.bill import part
from tests.invoicing.test_named import asking
from tests.invoicing.test_named import case
from tests.invoicing.test_named import named
from tests.invoicing.test_named import net


def test_half_a_yen_is_the_tolerance_where_there_are_no_cents() -> None:
    charged = part("1000.4", currency="JPY")
    found = explain(case(asking(net("1000"), currency="JPY"), charged))
    assert named(found) == [(Reason.ROUNDING, Decimal("-0.4"))]
