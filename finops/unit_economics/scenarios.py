"""Scenarios: a what-if with a name, kept with its snapshot, its levers and its assumptions."""

from __future__ import annotations

import json
from dataclasses import asdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.core.amount import number_of
from finops.errors import UsageError
from finops.records.canonical import canonical_json
from finops.records.models import SavedScenario
from finops.records.revisions import newest
from finops.unit_economics.levers import Levers
from finops.unit_economics.levers import pull

if TYPE_CHECKING:
    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.unit_economics.levers import Outcome
    from finops.unit_economics.prepared import Prepared

_LONGEST = 80
_SHARE = "Write a share, such as 0.2 for 20 %."


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A saved what-if: of which product's month, where its levers stood, and what came of it.

    `figures` are the month as it was and as it would be, as decimal text; `assumptions` are the
    sentences that were beside it.
    """

    name: str
    product: str
    unit: str
    month: str
    snapshot: str
    currency: str
    levers: Levers
    figures: tuple[tuple[str, str], ...]
    assumptions: tuple[str, ...]
    actor: str = ""
    at: str = ""

    def figure(self, name: str) -> Decimal | None:
        """One of its figures; None where it was not known."""
        told = dict(self.figures).get(name, "")
        return Decimal(told) if told else None

    def stale(self, newest_month: str) -> bool:
        """Whether a later month of its product is there by now."""
        return newest_month > self.month


@dataclass(frozen=True)
class Saved:
    """The name under which a scenario is kept, and the snapshot it is of."""

    name: str
    snapshot: str


@command("scenario.save", permission=Permission.WRITE_SCENARIOS)
def save(transaction: Transaction, *, scenario: Scenario) -> Saved:
    """Keep a scenario; saved again under its name it takes the place of the former.

    Raises:
        UsageError: it has no name, or too long a one.
    """
    name = scenario.name.strip()
    if not name or len(name) > _LONGEST:
        message = f"{scenario.name!r} is no name for a scenario."
        raise UsageError(message, remedy=f"Name it in 1 to {_LONGEST} characters.")
    told: dict[str, Any] = {
        "product": scenario.product,
        "unit": scenario.unit,
        "month": scenario.month,
        "snapshot": scenario.snapshot,
        "currency": scenario.currency,
        "levers": canonical_json(_plain(scenario.levers)),
        "figures": canonical_json(dict(scenario.figures)),
        "assumptions": json.dumps(scenario.assumptions, ensure_ascii=False),
    }
    transaction.session.add(
        SavedScenario(
            revision=transaction.revision,
            name=name,
            actor=transaction.actor.name,
            at=transaction.at.isoformat(),
            **told,
        )
    )
    transaction.record(subject=name, after=told)
    return Saved(name, scenario.snapshot)


def scenarios(workspace: Workspace) -> tuple[Scenario, ...]:
    """Every saved scenario as it was saved last, by name."""
    with workspace.store.reading() as session:
        rows = newest(session, SavedScenario)
    return tuple(_scenario(row) for row in rows)


def find(workspace: Workspace, name: str) -> Scenario:
    """The scenario of a name.

    Raises:
        UsageError: there is none.
    """
    found = scenarios(workspace)
    for one in found:
        if one.name == name.strip():
            return one
    message = f"There is no scenario {name!r}."
    known = ", ".join(one.name for one in found)
    raise UsageError(message, remedy=f"Scenarios: {known or 'none yet'}.")


def of(ready: Prepared, levers: Levers, *, name: str) -> Scenario:
    """The scenario of a product's month with the levers where they stand.

    Raises:
        UsageError: the named service has no part that follows volume.
    """
    return Scenario(
        name=name.strip(),
        product=ready.now.product,
        unit=ready.now.unit,
        month=str(ready.now.period),
        snapshot=ready.snapshot,
        currency=ready.now.currency,
        levers=levers,
        figures=figures_of(pull(ready.base, Levers()), pull(ready.base, levers)),
        assumptions=ready.assumptions,
    )


def figures_of(now: Outcome, then: Outcome) -> tuple[tuple[str, str], ...]:
    """The figures that are kept with a scenario: as it was, and as it would be."""
    found: dict[str, Decimal | None] = {}
    for word, one in (("actual", now), ("scenario", then)):
        found |= {
            f"{word}_cost": one.cost,
            f"{word}_units": one.units,
            f"{word}_revenue": one.revenue,
            f"{word}_unit_cost": one.unit_cost,
            f"{word}_margin": one.margin,
        }
    found |= {f"step_{step.lever}": step.amount for step in then.steps}
    return tuple((name, "" if n is None else f"{n:f}") for name, n in found.items())


def _plain(levers: Levers) -> dict[str, str]:
    """The levers as text; what is where it is now is empty."""
    return {
        name: "" if value is None else f"{value:f}" if isinstance(value, Decimal) else value
        for name, value in asdict(levers).items()
    }


def levers_of(told: dict[str, str]) -> Levers:
    """The levers that such texts say.

    Raises:
        UsageError: one of them is no number, or no lever.
    """
    found: dict[str, Any] = {}
    for name, text in told.items():
        if name not in Levers.__dataclass_fields__:
            message = f"There is no lever {name!r}."
            raise UsageError(message, remedy=f"Levers: {', '.join(Levers.__dataclass_fields__)}.")
        if name == "service":
            found[name] = text
        elif text:
            found[name] = number_of(text, what=f"number for {name}", remedy=_SHARE)
    return Levers(**found)


def _scenario(row: SavedScenario) -> Scenario:
    return Scenario(
        name=row.name,
        product=row.product,
        unit=row.unit,
        month=row.month,
        snapshot=row.snapshot,
        currency=row.currency,
        levers=levers_of(json.loads(row.levers)),
        figures=tuple(json.loads(row.figures).items()),
        assumptions=tuple(json.loads(row.assumptions)),
        actor=row.actor,
        at=row.at,
    )
