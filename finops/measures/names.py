"""Names: what people may call a dimension, and which column, tag or own dimension that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.dataset.read import EXTRA
from finops.dataset.read import TAG
from finops.errors import UsageError
from finops.focus import adjustments
from finops.focus import columns

if TYPE_CHECKING:
    from finops.dataset import Dataset

GRAINS = ("day", "month", "fiscal_period", "fiscal_quarter", "fiscal_year")
"""How finely time is told; fiscal ones follow the organization's calendar."""

_TAG_WORDS = (TAG, "tags.", "tags/", "tag.", "tag/")
_MAP = "tags"
_OURS = ("x_Source", "x_BillingMonth", "x_ChargeDay", *adjustments.OWN)


def dimension(dataset: Dataset, name: str) -> str:
    """The dimension that a name means, as `dataset` calls it.

    In this order: a FOCUS column, an own dimension with or without `x_`, `tag:KEY`, a custom
    column `x_…` of the source, and any other word as a tag key. Case does not matter.

    Raises:
        UsageError: the name is empty, or means many dimensions.
    """
    asked = name.strip()
    if not asked:
        message = "A dimension has no name."
        raise UsageError(message, remedy="Name a FOCUS column, a tag as tag:KEY, or x_Team.")
    lower = asked.lower()
    for word in _TAG_WORDS:
        if lower.startswith(word):
            return TAG + asked[len(word) :]
    if lower == _MAP:
        message = "Tags are many dimensions, one for each key."
        raise UsageError(message, remedy="Name one, for example tag:team.")
    known = {column.lower(): column for column in (*columns.BY_ID, *_OURS)}
    own = {d.lower(): d for d in (*dataset.own_dimensions, *dataset.rule_columns)}
    short = {_folded(d.removeprefix("x_")): d for d in dataset.own_dimensions}
    if found := known.get(lower) or own.get(lower) or short.get(_folded(asked)):
        return found
    if lower.startswith("x_"):
        return EXTRA + asked
    older = {name.lower(): column for name, column in columns.OLDER_NAMES.items()}
    return older.get(lower, TAG + asked)


def _folded(name: str) -> str:
    """A name as people may write it: `Cost Center`, `cost-center`, `cost_center`."""
    return name.lower().replace("_", "").replace(" ", "").replace("-", "")


def condition(dataset: Dataset, text: str) -> tuple[str, str]:
    """Read `D=V`: the dimension, and the value that is kept.

    Raises:
        UsageError: there is no `=` in it.
    """
    name, sign, value = text.partition("=")
    if not sign:
        message = f"{text!r} is no condition."
        raise UsageError(message, remedy='Write it as "Dimension=Value".')
    return dimension(dataset, name), value.strip()


def conditions(dataset: Dataset, scope: str) -> tuple[tuple[str, str], ...]:
    """Read `Dimension=Value; Dimension=Value`; `all` and nothing narrow nothing.

    Raises:
        UsageError: a part is no condition.
    """
    parts = (part.strip() for part in scope.split(";"))
    return tuple(condition(dataset, part) for part in parts if part and part != "all")
