"""The demo company's charges before they are written: rows of whole numbers, and their words.

A row names its words by place: the template (all FOCUS columns that many charges share), the
resource, the tags and the owner. Words are kept once, in the order in which they first came up.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import Generic
from typing import NamedTuple
from typing import TYPE_CHECKING
from typing import TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from numpy.typing import NDArray

UNALLOCATED = "UNALLOCATED"
NONE = -1
"""The place of no resource and of no tags."""

CHARGE = np.dtype(
    [
        (name, np.int64)
        for name in (
            *("template", "resource", "tags", "owner", "start", "end"),
            *("quantity", "listed", "contracted", "effective", "billed", "committed"),
        )
    ]
)
"""A charge: places of words, days since 1970 (half-open), quantity and money in 1e-12."""

MONEY = ("listed", "contracted", "effective", "billed")
"""The cost columns of a charge."""

Word = TypeVar("Word")


class Template(NamedTuple):
    """What many charges share: FOCUS columns, the price they are made of, the prices in 1e-8."""

    columns: tuple[tuple[str, str], ...]
    sku: str | None = None
    listed: int | None = None
    contracted: int | None = None


class Resource(NamedTuple):
    """A resource as the provider writes it."""

    id: str
    name: str | None = None
    zone: str | None = None


class Tags(NamedTuple):
    """Tags as delivered (JSON text), and their keys as a person would normalize them."""

    text: str
    keys: frozenset[str]


class Owner(NamedTuple):
    """Whose charge it is, as far as its tags and its account tell."""

    team: str = UNALLOCATED
    product: str = UNALLOCATED
    environment: str = UNALLOCATED
    cost_center: str = UNALLOCATED


class Words(Generic[Word]):
    """Values in the order in which they first came up, and the place of each."""

    def __init__(self) -> None:
        self.values: list[Word] = []
        self._places: dict[Word, int] = {}

    def place(self, value: Word) -> int:
        """The place of a value, a new one if it is new."""
        known = self._places.setdefault(value, len(self.values))
        if known == len(self.values):
            self.values.append(value)
        return known


@dataclass
class Book:
    """The words of all charges."""

    templates: Words[Template] = field(default_factory=Words)
    resources: Words[Resource] = field(default_factory=Words)
    tags: Words[Tags] = field(default_factory=Words)
    owners: Words[Owner] = field(default_factory=Words)
    _columns: dict[str, NDArray[np.object_]] = field(default_factory=dict)

    def template(
        self,
        columns: Mapping[str, str | None],
        *,
        sku: str | None = None,
        prices: tuple[int | None, int | None] = (None, None),
    ) -> int:
        """The place of a template with these columns; a column that is None is null."""
        known = tuple((name, value) for name, value in sorted(columns.items()) if value is not None)
        return self.templates.place(Template(known, sku, *prices))

    def columns(self, template: int) -> dict[str, str]:
        """The columns of a template."""
        return dict(self.templates.values[template].columns)

    def column(self, name: str) -> NDArray[np.object_]:
        """One column of every template, None where it is null; not to be written to."""
        known = self._columns.get(name, np.empty(0, dtype=object))
        if new := self.templates.values[len(known) :]:
            texts = [dict(template.columns).get(name) for template in new]
            known = np.concatenate([known, np.array(texts, dtype=object)])
            self._columns[name] = known
        return known


def charges(count: int, **values: Any) -> NDArray[np.void]:  # noqa: ANN401 - numbers and arrays
    """Rows with these values; no resource, no tags, and 0 where nothing is given."""
    rows = np.zeros(count, CHARGE)
    for name, value in {"resource": NONE, "tags": NONE, **values}.items():
        rows[name] = value
    return rows
