"""Tables of an allocation: teams, pools, methods side by side, trees, coverage and what to fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.amount import total
from finops.core.pool import TO_POOL
from finops.portal import formats
from finops.portal import tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.allocation.allocated import Allocation
    from finops.allocation.fixes import Fix
    from finops.allocation.movements import Movement
    from finops.allocation.readiness import Readiness
    from finops.allocation.shared import Share
    from finops.allocation.shared import Sharing
    from finops.allocation.trees import Branch
    from finops.allocation.trees import Resource
    from finops.allocation.trees import Step
    from finops.allocation.trees import Tree
    from finops.portal.allocation_charts import Bar

_DEEPER = "\u2003"
"""A wide blank: how a branch is set in below its parent."""

_PLACES = {
    "x_CostCenter": "Cost center",
    "x_GeneralLedgerAccount": "GL account",
    "x_Team": "Team",
}
"""What a place in a tree is made of, as a reader calls it."""

_BRANCH, _AMOUNT, _RESOURCE = 290, 110, 24

KINDS = ("Direct", "Unused", "Credits", "Tax", "Given to pools", "Shared", "Total")


def teams(found: Allocation) -> tables.Table:
    """What each team bears, and of what it is made."""
    rows = [
        (t.direct, t.unused, t.credits, t.tax, t.given, t.shared_total, t.total)
        for t in found.teams
    ]
    columns: dict[str, Sequence[object]] = {"Team": [team.team for team in found.teams]}
    for place, kind in enumerate(KINDS):
        columns[f"{kind} ({found.currency})"] = [_posted(row[place], found) for row in rows]
    return tables.Table("What each team bears", columns, _money(columns, "Team"))


def pools(found: Allocation) -> tables.Table:
    """Each pool: what it took, what it received, and how it was shared."""
    own, received = f"Took ({found.currency})", f"Received ({found.currency})"
    columns: dict[str, Sequence[object]] = {
        "Pool": [one.pool.name for one in found.pools],
        own: [_posted(one.amount, found) for one in found.pools],
        received: [_posted(one.received, found) for one in found.pools],
        "Shared": [one.method.value for one in found.pools],
        "By": [one.pool.metric or one.pool.note or "" for one in found.pools],
        "Why": [one.why for one in found.pools],
    }
    return tables.Table("Shared costs", columns, _money((own, received), "Pool"))


def methods(one: Sharing, found: Allocation) -> tables.Table:
    """What each would bear of a pool by every method; the one in use first, differences to it."""
    options = sorted((o for o in one.options if o.shares), key=lambda o: o.method != one.method)
    sums: list[tuple[str, Mapping[str, Decimal]]] = [(one.method.value, _borne(one.shares))]
    sums += [(o.method.value, _borne(o.shares)) for o in options if o.method != one.method]
    used = sums[0][1]
    who = sorted({name for _, borne in sums for name in borne}, key=lambda n: (-_at(used, n), n))
    columns: dict[str, Sequence[object]] = {
        "Borne by": [name.replace(TO_POOL, "pool ") for name in who],
        f"{sums[0][0]}, in use ({found.currency})": [_posted(_at(used, n), found) for n in who],
    }
    for name, borne in sums[1:]:
        columns[f"{name} ({found.currency})"] = [_posted(_at(borne, n), found) for n in who]
        columns[f"{name}, difference ({found.currency})"] = [
            _posted(EXACT.subtract(_at(borne, n), _at(used, n)), found) for n in who
        ]
    return tables.Table(f"{one.pool.name} by each method", columns, _money(columns, "Borne by"))


def segments(one: Sharing, found: Allocation) -> tables.Table:
    """The usage by which a pool was shared, a line for each segment."""
    told = [share for share in one.shares if share.via]
    amount = f"Amount ({found.currency})"
    columns: dict[str, Sequence[object]] = {
        "Used as": [share.via for share in told],
        "Borne by": [share.to for share in told],
        one.pool.metric: [share.weight for share in told],
        amount: [_posted(share.amount, found) for share in told],
    }
    return tables.Table(f"{one.pool.name} by usage", columns, _money((amount,), "Used as"))


def tree(found: Tree) -> tuple[tables.Table, tuple[Branch, ...]]:
    """A tree with each branch set in below its parent, and the branches in that order."""
    branches = tuple(_walked(found, ()))
    amount, unit = f"Amount ({found.currency})", minor_unit(found.currency)
    columns: dict[str, Sequence[object]] = {
        found.name: [_DEEPER * (one.depth - 1) * 2 + one.name for one in branches],
        amount: [one.amount.quantize(unit, context=EXACT) for one in branches],
    }
    # Names take all the room that the amounts leave: half a page is little for four levels.
    config: dict[str, object] = {
        found.name: st.column_config.TextColumn(width=_BRANCH, pinned=True),
        amount: tables.money_column(width=_AMOUNT),
    }
    return tables.Table(f"{found.name}'s tree", columns, config), branches


def resources(found: Sequence[Resource], currency: str) -> tables.Table:
    """Resources with their place in both trees."""
    amount, unit = f"Amount ({currency})", minor_unit(currency)
    columns: dict[str, Sequence[object]] = {
        "Resource": [one.id or "(no resource)" for one in found],
        amount: [one.amount.quantize(unit, context=EXACT) for one in found],
        "Cost center": [one.center for one in found],
        "GL account": [one.account for one in found],
        "Team": [one.team for one in found],
        "Service": [one.service for one in found],
    }
    return tables.Table("Resources, the costliest first", columns, _money((amount,), "Resource"))


def moved(found: Sequence[Movement], place: tuple[str, ...], currency: str) -> tables.Table:
    """Resources by how far they moved, each with the branch it is on; as wide as half a page."""
    change, unit, where = f"Change ({currency})", minor_unit(currency), _PLACES[place[0]]
    columns: dict[str, Sequence[object]] = {
        "Resource": [
            formats.tail(one.resource, _RESOURCE) or f"{one.service}, {one.account}"
            for one in found
        ],
        change: [one.by.quantize(unit, context=EXACT) for one in found],
        where: [one.place[0] for one in found],
    }
    config: dict[str, object] = {
        "Resource": st.column_config.TextColumn(width=230, pinned=True),
        change: tables.money_column(width=104),
        where: st.column_config.TextColumn(width=115),
    }
    name = f"Largest movements by {where.lower()}"
    return tables.Table(name, columns if found else {}, config)


def keys(found: Readiness) -> tables.Table:
    """How much has each required key, by cost, by cost with credits, and by count."""
    missing, wrong = f"Missing ({found.currency})", f"Not allowed ({found.currency})"
    unit = minor_unit(found.currency)
    columns: dict[str, Sequence[object]] = {
        "Required": [formats.dimension(one.key) for one in found.keys],
        "By cost (%)": [_percent(one.by_cost) for one in found.keys],
        "With credits and refunds (%)": [_percent(one.by_net_cost) for one in found.keys],
        "By charges (%)": [_percent(one.by_count) for one in found.keys],
        missing: [one.missing.net.quantize(unit, context=EXACT) for one in found.keys],
        wrong: [one.wrong.net.quantize(unit, context=EXACT) for one in found.keys],
        "Values not allowed": [", ".join(one.values) for one in found.keys],
    }
    return tables.Table("Coverage of required keys", columns, _money((missing, wrong), "Required"))


def untaggable(found: Readiness) -> tables.Table:
    """What cannot have a key, by what it is."""
    amount, unit = f"Amount ({found.currency})", minor_unit(found.currency)
    columns: dict[str, Sequence[object]] = {
        "Cannot be tagged": [name for name, _ in found.untaggable],
        "Charges": [part.count for _, part in found.untaggable],
        amount: [part.net.quantize(unit, context=EXACT) for _, part in found.untaggable],
    }
    columns = columns if found.untaggable else {}
    return tables.Table("What cannot be tagged", columns, _money((amount,), "Cannot be tagged"))


def fixes(found: Sequence[Fix], currency: str) -> tables.Table:
    """What to fix first."""
    amount, unit = f"Amount ({currency})", minor_unit(currency)
    columns: dict[str, Sequence[object]] = {
        "Account": [one.account for one in found],
        "Service": [one.service or "(all)" for one in found],
        amount: [one.amount.quantize(unit, context=EXACT) for one in found],
        "What to do": [one.work.told for one in found],
        "Likely team": [one.team for one in found],
    }
    config = _money((amount,), "Account")
    widths = {"Account": 165, "Service": 210, "What to do": 350}
    config |= {name: st.column_config.TextColumn(width=width) for name, width in widths.items()}
    return tables.Table("What to fix first", columns, config)


def unowned(months: Sequence[tuple[str, Decimal | None]]) -> tables.Table:
    """The share without a team, month by month."""
    shares = [_percent(share) for _, share in months]
    columns: dict[str, Sequence[object]] = {
        "Month": [month for month, _ in months],
        "Without a team (%)": shares,
    }
    return tables.Table("Share without a team", columns, {})


def bars(found: Sequence[Bar], currency: str) -> tables.Table:
    """The parts of each bar of one number."""
    amount, unit = f"Amount ({currency})", minor_unit(currency)
    rows = [(bar.name, name, number) for bar in found for name, number in bar.parts.items()]
    columns: dict[str, Sequence[object]] = {
        "Tree": [row[0] for row in rows],
        "Part": [row[1] for row in rows],
        amount: [row[2].quantize(unit, context=EXACT) for row in rows],
    }
    return tables.Table("One number, two trees", columns, _money((amount,), "Tree"))


def _walked(found: Tree, way: tuple[Step, ...]) -> list[Branch]:
    return [one for branch in found.below(way) for one in (branch, *_walked(found, branch.way))]


def _borne(shares: Sequence[Share]) -> dict[str, Decimal]:
    found: dict[str, list[Decimal]] = {}
    for share in shares:
        found.setdefault(share.to, []).append(share.amount)
    return {name: total(amounts) for name, amounts in found.items()}


def _at(borne: Mapping[str, Decimal], name: str) -> Decimal:
    return borne.get(name, EXACT.create_decimal(0))


def _posted(number: Decimal, found: Allocation) -> Decimal:
    return number.quantize(minor_unit(found.currency), context=EXACT)


def _percent(share: Decimal | None) -> float | None:
    return None if share is None else round(float(share) * 100, 1)


def _money(columns: Sequence[str] | Mapping[str, object], first: str) -> dict[str, object]:
    config: dict[str, object] = {name: tables.money_column() for name in columns if name != first}
    return config | {first: st.column_config.TextColumn(width="medium", pinned=True)}
