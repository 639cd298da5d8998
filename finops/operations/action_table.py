"""Actions as a table to work with: who does what by when, and what delay costs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import Amount
from finops.operations.actions import cost_of_delay
from finops.operations.actions import days_late

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from datetime import date

    from finops.operations.actions import Action
    from finops.operations.entries import Log

COLUMNS = (
    *("Action", "What", "Owner", "Due", "State", "Days late", "Cost of delay", "Currency"),
    *("Carried over", "Next step", "Decision", "Link", "Month reviewed", "Figures"),
)


def rows(
    log: Log, actions: Iterable[Action], *, today: date, currency: str, figures: tuple[str, str]
) -> Iterator[tuple[object, ...]]:
    """A row for each action; `figures` are the month that was reviewed, and how final it is."""
    for one in actions:
        delay = Amount(cost_of_delay(log, one, today), currency).rounded().number
        yield (
            *(one.key, one.title, one.owner, one.due, one.progress.value),
            *(Decimal(days_late(one, today)), delay, currency),
            *(Decimal(one.carried), one.next_step, one.decision, one.link, *figures),
        )
