"""Contracts: the unit cost that product and engineering agreed on, month by month, and how to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.core.amount import Amount
from finops.core.period import BillingPeriod
from finops.invoicing.explanations import amount_of
from finops.portal import desk
from finops.portal import formats
from finops.portal import once
from finops.portal import scope_bar
from finops.portal import tables
from finops.portal import unit_change
from finops.portal import units
from finops.unit_economics import sides
from finops.unit_economics import targets
from finops.unit_economics.attribution import PARTS
from finops.unit_economics.sides import Side
from finops.unit_economics.targets import Target
from finops.unit_economics.tracked import engineering
from finops.unit_economics.tracked import tracked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.access.command import Call
    from finops.dataset import Dataset
    from finops.portal.tables import Table
    from finops.unit_economics.prepared import Prepared
    from finops.unit_economics.tracked import Tracked

NO_TARGET = "No target is agreed: product proposes one, engineering agrees to it."
TOLD = "contract-told"
_FIRST = {"Month": st.column_config.TextColumn(pinned=True)}


def draw(dataset: Dataset) -> None:
    """How the product's months did against what was agreed, whose part it was, and who agrees."""
    found = units.ready(dataset, scope_bar.lens())
    if found is None:
        st.markdown(units.NOTHING)
        return
    once.told(TOLD)
    every = targets.targets(desk.workspace())
    months = held(found, every)
    if months:
        st.markdown(sentence(months))
        tables.draw(table(months))
        tables.draw(moved(months))
        st.caption(_behind(months))
    else:
        st.markdown(NO_TARGET)
    _sign(found, waiting(found, every))


def held(found: Prepared, every: tuple[Target, ...]) -> tuple[Tracked, ...]:
    """The last months that a contract holds for."""
    lens = scope_bar.lens()
    return tracked(
        every, found, lambda one, two: unit_change.between(one, two, found.marginal, lens)
    )


def waiting(found: Prepared, every: tuple[Target, ...]) -> tuple[Target, ...]:
    """What is proposed for the product's unit and engineering has not agreed to."""
    mine = (found.now.product, found.now.unit)
    return tuple(one for one in every if (one.product, one.unit) == mine and not one.agreed)


def sentence(months: Sequence[Tracked]) -> str:
    """Whether the last month kept the contract, and what engineering made of it."""
    last = months[-1]
    contract, month = last.contract, formats.month(last.month.period)
    agreed = units.money(contract.amount, contract.currency)
    if last.over is None:
        return f"**{month} cannot be held against the contract** of {agreed} for one."
    kept = "kept" if last.over <= 0 else "missed"
    far = _told(abs(last.over), last)
    side = "below" if last.over <= 0 else "above"
    first = f"**{month} {kept} the contract**: {far} {side} the {agreed} agreed for one."
    made = engineering(tuple(months))
    if not made:
        return first
    word = "cheaper" if made < 0 else "dearer"
    since = formats.month(months[0].month.period)
    return f"{first} Since {since}, engineering's part made one {_told(abs(made), last)} {word}."


def table(months: Sequence[Tracked]) -> Table:
    """Each month's unit cost against the target, the agreed one beside what it was."""
    return tables.records("Unit-cost contract by month", [_kept(one) for one in months], _FIRST)


def moved(months: Sequence[Tracked]) -> Table:
    """What moved one unit since the month before, month by month."""
    rows = [
        {
            "Month": formats.month(one.month.period),
            **{
                f"{unit_change.PARTS[part]} ({one.month.currency})": _figure(
                    getattr(one.why, part, None), one
                )
                for part in PARTS
            },
        }
        for one in months
    ]
    return tables.records("What moved the cost of one since the month before", rows, _FIRST)


def _kept(one: Tracked) -> dict[str, object]:
    money, target = one.month.currency, one.contract
    return {
        "Month": formats.month(one.month.period),
        "Kept": formats.NONE if one.over is None else "yes" if one.over <= 0 else "no",
        f"Agreed ({target.currency})": _figure(target.amount, one, signed=False),
        f"Cost of one ({money})": _figure(one.month.average, one, signed=False),
        f"Over ({money})": _figure(one.over, one),
    }


def _figure(number: Decimal | None, like: Tracked, *, signed: bool = True) -> str:
    """A part of a unit cost, as precise as what was agreed; without its currency."""
    if number is None:
        return formats.NONE
    write = units.as_precise_as(like.contract.amount)
    return write(Amount(number, ""), signed=signed).strip("\u00a0")


def _told(number: Decimal, like: Tracked) -> str:
    return units.as_precise_as(like.contract.amount)(Amount(number, like.month.currency))


def _behind(months: Sequence[Tracked]) -> str:
    one = months[-1].contract
    who = f"Proposed by {one.proposed_by} for product, agreed by {one.agreed_by} for engineering"
    since = formats.month(BillingPeriod.parse(one.month))
    return formats.md_escape(
        f"{who}; it holds from {since}. The parts tell what moved one unit since the month "
        "before: efficiency alone is engineering's; demand is told at what one more costs now."
    )


def _sign(found: Prepared, open_: Sequence[Target]) -> None:
    """Who may propose and who may agree, and the forms for whoever looks."""
    product, month = found.now.product, str(found.now.period)
    organization, actor = desk.organization(), desk.actor()
    for one in open_:
        what = f"{units.money(one.amount, one.currency)} for one from {one.month}"
        st.markdown(
            f"**Waits for engineering**: {what}, proposed by {formats.md_escape(one.proposed_by)}."
        )
        mine = sides.speaks(organization, Side.ENGINEERING, product, one.month, actor=actor)
        if mine and actor.name != one.proposed_by:
            _agreeing(one)
    with st.expander("Propose a unit cost", icon=":material/handshake:"):
        _who(found)
        if sides.speaks(organization, Side.PRODUCT, product, month, actor=actor):
            _proposing(found)


def _who(found: Prepared) -> None:
    """Who speaks for each side."""
    product, month = found.now.product, str(found.now.period)
    told = []
    for side, verb in ((Side.PRODUCT, "proposes"), (Side.ENGINEERING, "agrees")):
        names = sides.people(desk.organization(), side, product, month)
        who = (
            formats.listing(tuple(map(formats.md_escape, names))) or f"whoever has the {side} role"
        )
        told.append(f"{side.title()} {verb}: {who}.")
    st.caption(" ".join(told))


def _proposing(found: Prepared) -> None:
    """A form to propose a target, by product, unit and month, so that none is filled for others."""
    product, unit, begins = found.now.product, found.now.unit, str(found.now.period)

    def fields(turn: str) -> tuple[str, str, str]:
        amount = st.text_input(f"Target for one ({found.now.currency})", key=f"{turn}-amount")
        month = st.text_input("From the month", begins, key=f"{turn}-month")
        return amount, month, st.text_input("Why should it hold?", key=f"{turn}-reason")

    def work(told: tuple[str, str, str], call: Call) -> str:
        amount, month, reason = told
        target = Target(
            product=product, unit=unit, month=month.strip(),
            amount=amount_of(amount), currency=found.now.currency, reason=reason.strip(),
        )  # fmt: skip
        targets.propose(desk.workspace().store, **call, target=target)
        return "It is proposed; engineering has to agree."

    button = "Propose", Permission.WRITE_SCENARIOS
    once.ask(f"contract-new-{product}-{unit}-{begins}", button, fields, work, place=TOLD)


def _agreeing(one: Target) -> None:
    key, turn = once.form(f"contract-{one.product}-{one.unit}-{one.month}")
    may = desk.actor().may(Permission.WRITE_SCENARIOS)
    if st.button("Agree for engineering", key=f"{turn}-agree", type="primary", disabled=not may):
        name = f"contract-{one.product}-{one.unit}-{one.month}"
        once.do(name, partial(_agree, one, key), place=TOLD)


def _agree(one: Target, key: str) -> str:
    targets.agree(desk.workspace().store, **desk.call(key), target=one)
    return "It is a contract now."
