"""Inputs: what people told Tieout beside the bills, as a snapshot knows it, and how far it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.portal import desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.core.exchange_rate import ExchangeRate
    from finops.dataset import Snapshot

NO_RATE = "No rate of exchange is known; without one nothing is converted."


def rates(snapshot: Snapshot | None) -> tuple[ExchangeRate, ...]:
    """The rates of exchange as a snapshot knows them; none without a snapshot."""
    return desk.workspace().rates(snapshot) if snapshot else ()


def sentence(known: Sequence[ExchangeRate]) -> str:
    """What is there."""
    pairs = len({(one.from_currency, one.to_currency) for one in known})
    return (
        f"**Rates of exchange are in for {pairs} pairs of currencies.**"
        if known
        else ("**No rate of exchange is known.** One file unlocks it: `finops rates add FILE`.")
    )
