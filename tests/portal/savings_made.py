"""Three savings as a report has them: one verified, one that came back, one just proposed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from finops.core.period import BillingPeriod
from finops.savings.credit import Amounts
from finops.savings.fates import whole
from finops.savings.measured import Figures
from finops.savings.measured import weighed
from finops.savings.report import Report
from finops.savings.report import Standing
from finops.savings.saving import Baseline
from finops.savings.saving import Kind
from finops.savings.saving import Method
from finops.savings.saving import Point
from finops.savings.saving import Saving
from finops.savings.saving import Share
from finops.savings.saving import State
from finops.savings.verification import Verification

DAY = date(2026, 10, 1)
MEASURED = weighed(
    Figures(Decimal(310), Decimal(0), Decimal(310), Decimal(0), Decimal(0)),
    DAY,
    date(2026, 11, 1),
    currency="USD",
)
BASELINE = Baseline(
    method=Method.RESOURCE,
    start=date(2026, 9, 1),
    end=DAY,
    currency="USD",
    rates="2026-09",
    snapshot="1",
    driver="web requests",
    points=(Point(day=date(2026, 9, 1), cost=Decimal(10)),),
)


def saving(key: str, state: State, **said: object) -> Saving:
    """A saving of search in a state."""
    usual = {"title": f"Less {key}", "kind": Kind.RIGHTSIZE, "scope": "x_Team=search"}
    more = {"team": "search", "expected": Decimal(300), "claimed_by": "ines"}
    return Saving.model_validate({**usual, **more, "key": key, "state": state, **said})


def signature(key: str, credited: str, *, back: date | None = None) -> Verification:
    """What finance signed of October."""
    measured = MEASURED.model_copy(update={"regressed_on": back})
    return Verification(
        saving=key,
        month="2026-10",
        measured=measured,
        verdict=measured.verdict,
        credited=Decimal(credited),
        projected=Decimal(310),
        by="fay",
        on=date(2026, 11, 18),
    )


def made() -> Report:
    """The three of them."""
    agreed = {"baseline": BASELINE, "split": (Share(team="search"),), "implemented_on": DAY}
    found = (
        Standing(
            saving=saving("S1", State.VERIFIED, **agreed),
            credited=Amounts(Decimal(310), Decimal(10)),
            signed=(signature("S1", "310"),),
        ),
        Standing(
            saving=saving("S2", State.WITHDRAWN, **agreed, ended_on=DAY, reason="it came back"),
            credited=Amounts(Decimal(200), Decimal(0)),
            signed=(signature("S2", "200", back=DAY),),
            waits=(BillingPeriod(2026, 10),),
        ),
        Standing(saving=saving("S3", State.IDENTIFIED), credited=Amounts(Decimal(0), Decimal(0))),
    )
    told = {one.saving.key: (one.credited.credited, "USD") for one in found[:2]}
    return Report(currency="USD", savings=found, lines=(), fates=whole((), told))
