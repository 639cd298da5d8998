"""Receipt: where an answer's figures come from, so that anyone can check them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The snapshot, the imports and the number of charges behind an answer, and what was asked.

    `rates` are the rates of exchange that were used and `rate_rule` which of them convert, empty
    where nothing is converted; `unknown` says for each cost how many of the
    charges have none (unknown is not 0). `sql` are the statements that ran.
    `restated` says which closed months' adjustments are in the figures, and where they are booked:
    on the charge axis a month is told as incurred, restated; `--as-of` tells it as it was closed.
    """

    snapshot: str
    imports: tuple[str, ...]
    charges: int
    sql: tuple[str, ...]
    rates: tuple[str, ...] = ()
    rate_rule: str = ""
    unknown: tuple[tuple[str, int], ...] = ()
    data_through: str = ""
    restated: tuple[str, ...] = ()
