"""Team gain: what a team was credited for what it saved, and what of it is still to be signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.portal import desk
from finops.portal import formats
from finops.portal import own
from finops.portal import saved
from finops.portal import saved_tables
from finops.portal import tables
from finops.savings.credit import by_team
from finops.savings.credit import TEAM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.dataset import Dataset
    from finops.portal.tables import Table
    from finops.savings.credit import Line

NOTHING = (
    "Nothing is credited yet. Propose what you fix as a saving on the page Savings & credit: it is "
    "credited once finance or FinOps has signed it on a closed month."
)


def sentence() -> str:
    """What the team gained, to stand behind what it should fix."""
    gained = _credited()
    if not gained:
        return "nothing is credited to it yet" if own.team() else "nothing is credited yet"
    amount = saved.money(gained, saved.found().report.currency)
    return f"{amount} of verified savings {'is credited to it' if own.team() else 'is credited'}"


def draw(_: Dataset) -> None:
    """Each credit of the team: for what, of which month, and to whom."""
    told = saved.found().report
    mine = [one for one in told.lines if one.account == TEAM and _ours(one.name)]
    if not mine:
        st.markdown(NOTHING)
        return
    amount = saved.money(_credited(), told.currency)
    st.markdown(f"**{amount} is credited**, each month signed on its closed bill.")
    titles = {one.saving.key: one.saving.title for one in told.savings}
    tables.draw(table(mine, titles, told.currency))


def table(mine: Sequence[Line], titles: dict[str, str], currency: str) -> Table:
    """The lines of the ledger that are the team's, the latest first."""
    amount = f"Credited ({currency})"
    rows = (
        {
            "Saving": titles.get(one.saving, one.saving),
            amount: saved_tables.posted(one.net, currency),
            "Saved in": formats.month_brief(BillingPeriod.parse(one.month)),
            "Team": own.called(one.name),
            "Stands in": formats.month_brief(BillingPeriod.parse(one.booked)),
            "Person": one.person,
        }
        for one in sorted(mine, key=lambda one: (one.month, one.entry), reverse=True)
    )
    config = {
        "Saving": st.column_config.TextColumn(width="medium", pinned=True),
        amount: tables.money_column(),
    }
    return tables.records("Verified savings credited to the team", rows, config)


def _credited() -> Decimal:
    teams = by_team(saved.found().report.lines)
    return total(one.credited for name, one in teams.items() if _ours(name))


def _ours(team: str) -> bool:
    """Whether a team's credits are told here: of the chosen one, or of all that may be seen."""
    return own.team() in {"", team} and desk.sees(f"x_Team={team}")
