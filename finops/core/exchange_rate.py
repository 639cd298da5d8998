"""ExchangeRate: what one unit of a currency is worth in another, in a month or on a day."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


class ExchangeRate(NamedTuple):
    """Units of `to_currency` for one unit of `from_currency`.

    `kind` says what the rate is of its period (average, month-end, contract, daily); `period` is
    `YYYY-MM` and `day` `YYYY-MM-DD`, the one that does not apply empty.
    """

    from_currency: str
    to_currency: str
    kind: str
    period: str
    day: str
    rate: Decimal
