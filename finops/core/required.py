"""Required: the dimensions and tags that every charge that can have them should have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.core.condition import folded
from finops.core.condition import normalized
from finops.core.condition import TAG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.core.document import Node

_OWN = "x_"


@dataclass(frozen=True, kw_only=True)
class Required:
    """One of them: an own dimension, or `tag:KEY`; without `values` any value will do."""

    key: str
    values: tuple[str, ...] = ()

    def allows(self, value: str) -> bool:
        """Whether a value may stand there, whatever its case."""
        return not self.values or folded(value) in map(folded, self.values)


def read_required(node: Node) -> tuple[Required, ...]:
    """Read what is required: `{x_Team: , tag:env: [prod, dev]}`.

    Raises:
        InputError: with the path of a key that is neither.
    """
    found = []
    for name, part in node.entries().items():
        if name.startswith(TAG) and normalized(name.removeprefix(TAG)):
            key = TAG + normalized(name.removeprefix(TAG))
        elif name.startswith(_OWN):
            key = name
        else:
            part.refuse("an own dimension such as x_Team, or tag:KEY, must stand here.")
        found.append(Required(key=key, values=part.texts()))
    return tuple(found)


def write_required(required: Iterable[Required]) -> dict[str, object]:
    """What is required, as people write it; `read_required` reads it back the same."""
    return {one.key: [*one.values] or None for one in required}
