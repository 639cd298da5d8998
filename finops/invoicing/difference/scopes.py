"""Scopes: the part of the cost that a person means, by its name or as dimension and value."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from finops.errors import UsageError
from finops.invoicing.difference.rows import PLACES
from finops.measures import ask
from finops.measures import Query
from finops.measures.names import condition
from finops.measures.names import dimension

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.dataset import Dataset

_NAMES = ("SubAccountId", "BillingAccountId", "ServiceName", "x_Product", "x_Environment")
_FEW = 8


def read_scopes(dataset: Dataset, told: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Read scopes as conditions: `search`, or `team=search`.

    Raises:
        UsageError: nothing is called so; what is called like it is named.
    """
    return tuple(_scope(dataset, text.strip()) for text in told)


def _scope(dataset: Dataset, text: str) -> tuple[str, str]:
    if "=" in text:
        name, value = condition(dataset, text)
        known = _values(dataset, name)
        found = {one.casefold(): one for one in known}.get(value.casefold())
        if found is None:
            raise _unknown(value, known, kind=text.partition("=")[0].strip())
        return name, found
    every: list[str] = []
    for name in (*PLACES, *_NAMES):
        if dataset.rolls_up(name):
            known = _values(dataset, name)
            every += known
            if found := {one.casefold(): one for one in known}.get(text.casefold()):
                return name, found
    raise _unknown(text, every)


def _values(dataset: Dataset, name: str) -> list[str]:
    rows = ask(dataset, Query(measures=("Charges",), by=(dimension(dataset, name),))).rows
    return [str(row[0]) for row in rows if row[0] is not None]


def _unknown(value: str, known: Sequence[str], *, kind: str = "scope") -> UsageError:
    folded = {one.casefold(): one for one in known}
    close = [folded[one] for one in get_close_matches(value.casefold(), folded, n=3, cutoff=0.5)]
    shown = close or sorted(set(known))[:_FEW]
    start = "Perhaps" if close else "There are"
    message = f"There is no {kind} {value!r}."
    return UsageError(message, remedy=f"{start} {', '.join(shown)}." if shown else "")
