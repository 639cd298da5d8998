"""What the demo company's teams saved: on the record like anybody's, and what it really was.

The planted effect of a month is what the resources would have cost at the month's own demand as the
story means it, without any chance in it, less what they were really charged, both at the former
price.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.access.command import Call
from finops.assessment import programme
from finops.core.period import BillingPeriod
from finops.demo.money import cost
from finops.demo.money import digits
from finops.demo.money import quantities
from finops.demo.ownership import Life
from finops.demo.seasons import MONTHS
from finops.demo.usage import amounts
from finops.savings import fates
from finops.savings.agree import agree
from finops.savings.agree import Terms
from finops.savings.saving import Kind
from finops.savings.saving import Share
from finops.savings.steps import Done
from finops.savings.steps import implement
from finops.savings.steps import Proposal
from finops.savings.steps import propose
from finops.savings.verify import verify

if TYPE_CHECKING:
    from datetime import date
    from datetime import datetime

    from finops.access.workspace import Workspace
    from finops.demo.company import Company
    from finops.demo.seasons import Month
    from finops.demo.truth import Fact
    from finops.demo.usage import Site

_TWENTIETH = timedelta(days=19)


def facts(here: Site, every: tuple[Month, ...]) -> list[Fact]:
    """What each claim must have been found to be in each month that was signed, and its effect."""
    return [
        {
            "question": {"saving": claim["id"], "period": str(every[index].period),
                         "axis": "charge"},
            "answer": {
                "title": claim["title"],
                "team": claim["team"],
                "resources": _resources(here, claim, every[index]),
                "verdict": verdict,
                "effect": _effect(here, claim, every, index) if verdict == "saved" else "0",
            },
        }
        for claim in here.company.savings["claims"]
        for index, verdict in claim["signed"].items()
    ]  # fmt: skip


def save(
    workspace: Workspace, company: Company, truth: list[Fact], today: date, at: datetime
) -> None:
    """Propose, agree, make and verify every claim by the commands of everybody.

    Nothing is said where the bill does not reach back to the baseline.
    """
    told = company.savings
    start = BillingPeriod.of(today).plus(told["start"] - MONTHS)
    first, snapshot = start.plus(1 - told["baseline"]), workspace.snapshot()
    if snapshot is None or str(first) not in {part.month for part in snapshot.charges}:
        return
    days = first.start, start.end - timedelta(days=1)
    who = {
        role: Call(actor=local_actor(told[role]), at=at, origin="demo", key=None)
        for role in ("asked", "agreed", "signed")
    }
    for claim in told["claims"]:
        mine = [fact for fact in truth if fact["question"]["saving"] == claim["id"]]
        _claim(workspace, claim, mine, days, today, who)
    _return(workspace, told, start, who["agreed"])


def _claim(
    workspace: Workspace,
    claim: dict[str, Any],
    mine: list[Fact],
    days: tuple[date, date],
    today: date,
    who: dict[str, Call],
) -> None:
    team, (first, last) = claim["team"], days
    scope = ";".join(f"ResourceId={one}" for one in mine[0]["answer"]["resources"])
    proposal = Proposal(
        title=claim["title"],
        kind=Kind(claim["kind"]),
        scope=scope,
        team=team,
        day=last,
        expected=Decimal(claim["expected"]),
    )
    key = propose(workspace.store, **who["asked"], said=proposal).key
    split = tuple(
        Share(team=name, part=Decimal(part)) for name, part in claim.get("split", {}).items()
    )
    terms = Terms(key=key, start=first, end=last, driver=claim["driver"], split=split)
    agree(workspace, terms, today=last, call=who["agreed"])
    done = Done(key=key, team=team, day=last, evidence=claim["evidence"], today=last)
    implement(workspace.store, **who["asked"], said=done)
    for fact in mine:
        month = BillingPeriod.parse(fact["question"]["period"])
        verify(workspace, key, month, today=_signed_on(month, today), call=who["signed"])
    if fate := claim.get("fate"):
        what, name = fates.What(fate["what"]), fate["name"]
        decided = fates.Decided(key=key, team=team, what=what, name=name, today=today)
        fates.decide(workspace.store, **who["agreed"], said=decided)


def _signed_on(month: BillingPeriod, today: date) -> date:
    """The day on which a month was signed: the 20th, two months later, once it was closed."""
    return min(month.plus(2).start + _TWENTIETH, today)


def _return(workspace: Workspace, told: dict[str, Any], start: BillingPeriod, call: Call) -> None:
    """What the practice cost in the closed months, and what leadership wants it to save a year."""
    currency = workspace.organization().reporting_currency
    for month in (start.plus(1), start.plus(2)):
        for one in told["costs"]:
            hours, rate = Decimal(one.get("hours", 0)), Decimal(one.get("rate", 0))
            amount = Decimal(one["amount"]) if "amount" in one else hours * rate
            cost_of = programme.Cost(
                month=str(month), what=one["what"], amount=amount, currency=currency,
                hours=hours, rate=rate,
            )  # fmt: skip
            programme.add_cost(workspace.store, **call, cost=cost_of)
    target = programme.Target(amount=Decimal(told["target"]), currency=currency)
    programme.set_target(workspace.store, **call, target=target)


def _resources(here: Site, claim: dict[str, Any], month: Month) -> list[str]:
    work = here.company.named[claim["workloads"][0]]
    places = (
        here.registry.find(Life(work, slot, 0), month).resource for slot in range(work.resources)
    )
    return [here.book.resources.values[place].id for place in places]


def _effect(here: Site, claim: dict[str, Any], every: tuple[Month, ...], index: int) -> str:
    """What the month would have cost by its demand at the baseline's price, less what it did."""
    base, month = every[here.company.savings["start"]], every[index]
    first, *others = claim["workloads"]
    price = here.company.skus[here.company.named[first].sku].contracted_in(base.index)
    meant = amounts(here._replace(steady=True), _place(here, first), month)
    without = int(cost(quantities(meant), price).sum())
    running = (name for name in others if _runs(here, name, month))
    charged = (
        int(cost(quantities(amounts(here, _place(here, name), month)), price).sum())
        for name in running
    )
    return digits(without - sum(charged))


def _place(here: Site, name: str) -> int:
    return here.company.workloads.index(here.company.named[name])


def _runs(here: Site, name: str, month: Month) -> bool:
    work = here.company.named[name]
    return work.starts <= month.index < work.ends
