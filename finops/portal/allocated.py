"""Allocated: what the pages ask of an allocation: the month by team, its pools, trees, readiness.

An allocation is made whole: what the scope narrows to does not narrow what a team bears.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

import streamlit as st

from finops.allocation.agreed import agreed
from finops.allocation.allocated import allocate
from finops.allocation.movements import ENGINEERING
from finops.allocation.movements import FINANCE
from finops.allocation.movements import movements
from finops.allocation.readiness import readiness
from finops.allocation.readiness import trend
from finops.allocation.trees import resources
from finops.allocation.trees import two_trees
from finops.core.amount import Amount
from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.operations.figures import figures_of
from finops.operations.telling import previewed
from finops.operations.telling import tell_each
from finops.portal import desk
from finops.portal import formats
from finops.portal import seal
from finops.portal import set_up
from finops.portal.memory import Memory
from finops.portal.month import compared

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from finops.allocation.agreed import Agreed
    from finops.allocation.allocated import Allocation
    from finops.allocation.movements import Movement
    from finops.allocation.preview import Preview
    from finops.allocation.readiness import Readiness
    from finops.allocation.trees import Branch
    from finops.allocation.trees import Resource
    from finops.allocation.trees import Tree
    from finops.allocation.trees import TwoTrees
    from finops.dataset import Dataset
    from finops.measures import Query
    from finops.operations.disputes import Dispute
    from finops.operations.figures import Figures
    from finops.operations.telling import Told
    from finops.portal.lens import Lens

MONTHS = 13
_KEPT = 100


def allocation(lens: Lens) -> Allocation:
    """What each team bears of the month."""
    dataset, asked = _whole(lens), _query(lens)
    by = _agreed(dataset, lens)
    found: Allocation = _kept(
        "allocation", dataset, lens, lambda: allocate(dataset, by.pools, by.metrics, asked)
    )
    seal.note(found.receipt)
    return found


class Moved(NamedTuple):
    """Movements, the farthest first, against what, and what their place is made of."""

    before: str
    place: tuple[str, ...]
    movements: tuple[Movement, ...]


def version(lens: Lens) -> int:
    """The version of the rules by which the month is allocated."""
    return _agreed(_whole(lens), lens).version.number


def told(lens: Lens, dimension: str) -> tuple[Told, ...]:
    """The statement of every team or cost center of the month, with where it stands today."""
    dataset, workspace = _whole(lens), desk.workspace()
    figures: Figures = _kept(
        ("told", dimension),
        dataset,
        lens,
        lambda: figures_of(workspace, dataset, lens.period, dimension),
    )
    seal.note(figures.now.receipt)
    today, terms, snapshot = desk.today(), set_up.owners_terms(), dataset.snapshot
    key = ("told", dimension, snapshot.id, dataset.scopes, replace(lens, filters=()), today, terms)
    return desk.known(key, lambda: tell_each(workspace, dataset, figures, today=today, terms=terms))


def proposal(dispute: Dispute) -> Preview | None:
    """What the rule of a dispute would have done in the last closed months."""
    dataset, workspace = desk.whole(), desk.workspace()
    key = ("proposal", dispute.key, *desk.looked_at(dataset))
    found: Preview | None = _found().get(key, lambda: previewed(workspace, dataset, dispute))
    return found


def trees(lens: Lens) -> TwoTrees:
    """The month by finance's tree and by engineering's."""
    dataset = _whole(lens)
    found: TwoTrees = _kept("trees", dataset, lens, lambda: two_trees(dataset, _query(lens)))
    return found


def behind(lens: Lens, branch: Branch) -> tuple[Resource, ...]:
    """The resources of a branch of either tree."""
    dataset = _whole(lens)
    found: tuple[Resource, ...] = _kept(
        ("behind", branch.way), dataset, lens, lambda: resources(dataset, _query(lens), branch)
    )
    return found


def moved(lens: Lens, tree: Tree) -> Moved:
    """The resources that moved most against the month before, and their place in a tree."""
    dataset = _whole(lens)
    now, before = compared(dataset, lens)
    place = FINANCE if tree.name == "Finance" else ENGINEERING
    asked, then = (lens.query(span.start, span.end) for span in (now, before))
    found: tuple[Movement, ...] = _kept(
        ("moved", place), dataset, lens, lambda: movements(dataset, asked, then, place)
    )
    return Moved(before.label, place, found)


def ready(lens: Lens) -> Readiness:
    """How ready the month is to be allocated."""
    dataset = _whole(lens)
    required = _agreed(dataset, lens).required
    found: Readiness = _kept(
        "ready", dataset, lens, lambda: readiness(dataset, required, _query(lens))
    )
    return found


def unowned(lens: Lens) -> tuple[tuple[str, Decimal | None], ...]:
    """The share that no team owns in each of the months up to the chosen one."""
    dataset, first = _whole(lens), lens.period.plus(1 - MONTHS)
    asked = lens.query(first.start, lens.period.end)
    found: tuple[tuple[str, Decimal | None], ...] = _kept(
        "unowned", dataset, lens, lambda: trend(dataset, asked)
    )
    return tuple((formats.month_brief(BillingPeriod.parse(m)), share) for m, share in found)


def sentence(lens: Lens) -> str:
    """How much of the month has an owner, what is shared, and whether both trees agree."""
    found, both = allocation(lens), trees(lens)
    whole = formats.short(Amount(found.charges, found.currency))
    month = formats.month(lens.period)
    share = found.unallocated_after
    head = f"**{month}: {whole}**" if share is None else (
        f"**{month}: {formats.percent(1 - share)} of {whole} has an owner**"
    )  # fmt: skip
    pools = f"{len(found.pools)} pool" + ("" if len(found.pools) == 1 else "s")
    amount = formats.short(Amount(found.shared, found.currency))
    shared = f"{amount} is shared by {pools}" if found.pools else "nothing is shared by a pool"
    difference = formats.money(Amount(both.difference, found.currency))
    agree = "both trees agree to" if both.agree else "**✕ the trees differ by**"
    return f"{head}; {shared}; {agree} {difference}."


def sentence_of_part(lens: Lens) -> str:
    """What the reader sees of the month, and whether both trees agree on it."""
    both = trees(lens)
    seen = formats.short(Amount(both.finance.total, both.finance.currency))
    difference = formats.money(Amount(both.difference, both.finance.currency))
    agree = "both trees agree to" if both.agree else "**✕ the trees differ by**"
    return f"**{formats.month(lens.period)}: you see {seen}**; {agree} {difference}."


def _whole(lens: Lens) -> Dataset:
    found = desk.dataset(replace(lens, filters=()))
    if found is None:
        message = "There is nothing to allocate yet."
        raise UsageError(message)
    return found


def _query(lens: Lens) -> Query:
    return lens.query(lens.period.start, lens.period.end)


def _agreed(dataset: Dataset, lens: Lens) -> Agreed:
    found: Agreed = _kept(
        "agreed",
        dataset,
        lens,
        lambda: agreed(desk.workspace(), dataset.snapshot, str(lens.period)),
    )
    return found


def _kept(what: object, dataset: Dataset, lens: Lens, work_out: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Work something out once a snapshot, scope and choice of the reader."""
    narrowed = replace(lens, filters=())
    # Workspaces may share the charges of a snapshot and differ in their rules.
    snapshot, root = dataset.snapshot, desk.workspace().root
    key = (root, what, snapshot.id, snapshot.revision, dataset.scopes, narrowed)
    return _found().get(key, work_out)


@st.cache_resource(show_spinner=False)
def _found() -> Memory[Any]:
    return Memory(_KEPT)
