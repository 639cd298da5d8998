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
from finops.operations.standing import Terms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from datetime import datetime

    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.demo.company import Company
    from finops.demo.ledger import Ledger
    from finops.demo.rates import Rates
    from finops.demo.seasons import Month
    from finops.operations.telling import Told

OPEN = "open"
MOVED = "disputed"
"""The ledger's subject: what a disputed service costs each team."""


class Room(NamedTuple):
    """Where it is written, who the company is, and when it is told."""

    workspace: Workspace
    company: Company
    at: datetime

    def call(self, team: str) -> Call:
        """A command of the lead of a team."""
        return {"actor": local_actor(lead(self.company, team)), "at": self.at,
                "origin": "demo", "key": None}  # fmt: skip


def lead(company: Company, team: str) -> str:
    """Who answers for a team."""
    people = {one["id"]: one["name"] for one in company.organization["people"]}
    return str(people[company.teams[team]["lead"]])


def hear_owners(workspace: Workspace, company: Company, *, today: date, at: datetime) -> None:
    """Let the owners accept and dispute the statements of the closed months, each in their name."""
    dataset = workspace.dataset()
    names = sorted({part.month for part in dataset.snapshot.charges})
    room = Room(workspace, company, at)
    for about, month in _months(names):
        period = BillingPeriod.parse(month)
        figures = telling.figures_of(workspace, dataset, period)
        found = telling.tell_each(workspace, dataset, figures, today=today, terms=Terms())
        told = {one.statement.team: one for one in found}
        for one in _about(company, "accepted", about):
            telling.accept(workspace, told[one["team"]], call=room.call(one["team"]))
        for one in _about(company, "disputes", about):
            _dispute(room, told[one["team"]], one)


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


def _dispute(room: Room, told: Told, one: dict[str, Any]) -> None:
    """Dispute a line, and answer it where the other owner has."""
    rule = {
        "id": f"{one['team']}-to-{one['to']}",
        "when": {"service": one["service"]},
        "then": {"x_Team": one["to"]},
    }
    said = telling.Objection(line=one["line"], reason=one["reason"], to=one["to"], rule=rule)
    kept = telling.dispute(room.workspace, told, said, call=room.call(one["team"]))
    if one["answer"] != OPEN:
        answer = disputes.Answer(
            key=kept.key,
            version=kept.version,
            settlement=disputes.Settlement(one["answer"]),
            text=one["text"],
        )
        disputes.answer(room.workspace.store, **room.call(one["to"]), answer=answer)


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
