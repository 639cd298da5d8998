"""The demo company's statements: what owners accepted and disputed, and what is true of it."""

from __future__ import annotations

from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.core.period import BillingPeriod
from finops.demo.closes import closed
from finops.demo.money import digits
from finops.demo.money import SCALE
from finops.demo.rates import RATE_SCALE
from finops.operations import disputes
from finops.operations import telling
from finops.operations.figures import figures_each
from finops.operations.owners import CENTER
from finops.operations.owners import TEAM
from finops.operations.standing import Terms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from datetime import datetime

    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.dataset import Dataset
    from finops.demo.company import Company
    from finops.demo.ledger import Ledger
    from finops.demo.rates import Rates
    from finops.demo.seasons import Month
    from finops.operations.telling import Told

OPEN = "open"
MOVED = "disputed"
"""The ledger's subject: what a disputed service costs each team."""
RECHARGED = "recharged"
"""The ledger's subject: what each cost center bears without tax."""
HEARD = 3
"""A cost center is charged back after so many months that its owner said yes to."""


class Room(NamedTuple):
    """Where it is written, who the company is, and when it is told."""

    workspace: Workspace
    company: Company
    today: date
    at: datetime

    def of_team(self, team: str) -> Call:
        """A command of the lead of a team."""
        return self._call(lead(self.company, team))

    def of_center(self, center: str) -> Call:
        """A command of the owner of a cost center."""
        return self._call(owner(self.company, center))

    def _call(self, person: str) -> Call:
        return {"actor": local_actor(person), "at": self.at, "origin": "demo", "key": None}


def lead(company: Company, team: str) -> str:
    """Who answers for a team."""
    return _named(company, company.teams[team]["lead"])


def owner(company: Company, center: str) -> str:
    """Who answers for a cost center."""
    found = {one["id"]: one["owner"] for one in company.organization["cost_centers"]}
    return _named(company, found[center])


def hear_owners(workspace: Workspace, company: Company, *, today: date, at: datetime) -> None:
    """Let the owners accept and dispute the statements of the closed months, each in their name."""
    dataset = workspace.dataset()
    names = sorted({part.month for part in dataset.snapshot.charges})
    room = Room(workspace, company, today, at)
    months = _months(names)
    teams, centers = (_told(room, dataset, months, dimension) for dimension in (TEAM, CENTER))
    for about, month in months:
        for one in _about(company, "accepted", about):
            team = one["team"]
            telling.accept(workspace, teams[month][team], call=room.of_team(team))
        for one in _about(company, "disputes", about):
            _dispute(room, teams[month][one["team"]], one)
        for one in _about(company, "agreed", about):
            center = one["center"]
            telling.accept(workspace, centers[month][center], call=room.of_center(center))


def _told(
    room: Room, dataset: Dataset, months: list[tuple[int, str]], dimension: str
) -> dict[str, dict[str, Told]]:
    """The statements of the closed months by month and owner, as nobody has spoken yet."""
    periods = [BillingPeriod.parse(month) for _, month in months]
    figures = figures_each(room.workspace, dataset, periods, dimension)
    found = {}
    for (_, month), one in zip(months, figures, strict=True):
        told = telling.tell_each(room.workspace, dataset, one, today=room.today, terms=Terms())
        found[month] = {each.statement.team: each for each in told}
    return found


def statement_facts(
    ledger: Ledger, rates: Rates, months: tuple[Month, ...]
) -> list[dict[str, Any]]:
    """Who accepted what, and what the rule of each dispute would have moved in closed months."""
    names = [str(month.period) for month in months]
    found = []
    for about, month in _months(names):
        for one in _about(ledger.company, "accepted", about):
            own = _own(ledger, rates, one["team"], BillingPeriod.parse(month))
            answer = {"by": lead(ledger.company, one["team"]), "own": own}
            found.append({"question": _question("accepted", one, month), "answer": answer})
        for one in _about(ledger.company, "disputes", about):
            moves = {name: _moves(ledger, one, name) for _, name in _months(names)}
            settled = {"settlement": one["answer"], "to": one["to"], "moves": moves}
            found.append({"question": _question("disputed", one, month), "answer": settled})
    return found


def recharge_facts(ledger: Ledger, months: tuple[Month, ...]) -> list[dict[str, Any]]:
    """What the cost centers that said yes often enough are charged of the last closed month."""
    held = _months([str(month.period) for month in months])[-HEARD:]
    yes = [{one["center"] for one in _about(ledger.company, "agreed", n)} for n, _ in held]
    if len(held) < HEARD:
        return []
    month = held[-1][1]
    return [
        {
            "question": {"recharged": center, "period": month, "axis": "billing"},
            "answer": {"by": owner(ledger.company, center), "amounts": _due(ledger, center, month)},
        }
        for center in sorted(set.intersection(*yes))
    ]


def _due(ledger: Ledger, center: str, month: str) -> dict[str, str]:
    """What a cost center is charged of the bills of a month, in each currency: all but tax."""
    place = (RECHARGED, "billing", BillingPeriod.parse(month), center)
    return {
        key.currency: digits(sums.amounts["EffectiveCost"])
        for key, sums in ledger.sums.items()
        if (key.subject, key.axis, key.period, key.label) == place
    }


def _named(company: Company, person: str) -> str:
    return str({one["id"]: one["name"] for one in company.organization["people"]}[person])


def _dispute(room: Room, told: Told, one: dict[str, Any]) -> None:
    """Dispute a line, and answer it where the other owner has."""
    rule = {
        "id": f"{one['team']}-to-{one['to']}",
        "when": {"service": one["service"]},
        "then": {"x_Team": one["to"]},
    }
    said = telling.Objection(line=one["line"], reason=one["reason"], to=one["to"], rule=rule)
    kept = telling.dispute(room.workspace, told, said, call=room.of_team(one["team"]))
    if one["answer"] != OPEN:
        answer = disputes.Answer(
            key=kept.key,
            version=kept.version,
            settlement=disputes.Settlement(one["answer"]),
            text=one["text"],
        )
        disputes.answer(room.workspace.store, **room.of_team(one["to"]), answer=answer)


def _months(names: list[str]) -> list[tuple[int, str]]:
    """The closed months, each with how far it is before the last."""
    return [(len(names) - 1 - names.index(month), month) for month in closed(names)]


def _about(company: Company, what: str, about: int) -> Iterable[dict[str, Any]]:
    return (one for one in company.statements[what] if one["about"] == about)


def _question(what: str, one: dict[str, Any], month: str) -> dict[str, Any]:
    return {"statement": what, "team": one["team"], "period": month, "axis": "charge"}


def _own(ledger: Ledger, rates: Rates, team: str, period: BillingPeriod) -> str:
    """What a team's own charges cost in a month, in the reporting currency."""
    reported = ledger.company.organization["reporting_currency"]
    amounts = [
        sums.amounts["EffectiveCost"] * rates.average(key.currency, reported, period)
        for key, sums in ledger.sums.items()
        if (key.subject, key.axis, key.period, key.label) == ("x_Team", "charge", period, team)
    ]
    return digits(sum(amounts), SCALE + RATE_SCALE)


def _moves(ledger: Ledger, one: dict[str, Any], month: str) -> dict[str, str]:
    """What every team would gain or lose, by the bills of a month in their one currency."""
    period = BillingPeriod.parse(month)
    costs = {
        key.label.removeprefix(f"{one['service']} "): ledger.sums[key].amounts["EffectiveCost"]
        for key in ledger.sums
        if (key.subject, key.axis, key.period) == (MOVED, "billing", period)
        and key.label.startswith(f"{one['service']} ")
    }
    moved = {team: -cost for team, cost in costs.items() if team != one["to"] and cost}
    return {team: digits(cost) for team, cost in {**moved, one["to"]: -sum(moved.values())}.items()}
