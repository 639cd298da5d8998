"""Document: what people write down (YAML, JSON), read strictly and with the place of each slip."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import fields
from datetime import date
from datetime import datetime
from typing import NoReturn
from typing import TYPE_CHECKING
from typing import TypeVar

from finops.errors import InputError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Record = TypeVar("Record", bound=DataclassInstance)


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Node:
    """A value of a document and the path at which it stands, such as `teams[2].lead`."""

    value: object
    path: str = ""

    def refuse(self, reason: str) -> NoReturn:
        """Say where the document is wrong, and why.

        Raises:
            InputError: always.
        """
        message = f"{self.path or 'The document'}: {reason}"
        raise InputError(message)

    def text(self) -> str:
        """The text that stands here; numbers and words like `no` must be quoted to be text."""
        if isinstance(self.value, bool | int | float):
            self.refuse(f"{self.value} is not a text; write it in quotes.")
        if not isinstance(self.value, str) or not self.value.strip():
            self.refuse("a text must stand here.")
        return self.value.strip()

    def text_or_none(self) -> str | None:
        """The text that stands here, or None where nothing does."""
        return None if self.value is None else self.text()

    def number(self) -> int:
        """The whole number that stands here."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.refuse(f"{self.value!r} is not a whole number.")
        return self.value

    def day(self) -> date:
        """The day that stands here, YYYY-MM-DD; YAML reads it as a day by itself."""
        if isinstance(self.value, date) and not isinstance(self.value, datetime):
            return self.value
        told = self.text()
        try:
            if not _DAY.fullmatch(told):
                raise ValueError  # noqa: TRY301 -- 20261001 is a day to Python, to people a number
            return date.fromisoformat(told)
        except ValueError:
            self.refuse(f"{told!r} is not a day as YYYY-MM-DD.")

    def items(self) -> tuple[Node, ...]:
        """The elements of the list that stands here; nothing counts as an empty list."""
        if self.value is None:
            return ()
        if not isinstance(self.value, Sequence) or isinstance(self.value, str):
            self.refuse("a list must stand here.")
        return tuple(Node(item, f"{self.path}[{i}]") for i, item in enumerate(self.value))

    def texts(self) -> tuple[str, ...]:
        """The list of texts that stands here."""
        return tuple(item.text() for item in self.items())

    def entries(self) -> dict[str, Node]:
        """The keys and values of the mapping that stands here; nothing counts as an empty one."""
        if self.value is None:
            return {}
        if not isinstance(self.value, Mapping):
            self.refuse("names with values must stand here.")
        keys = [Node(key, f"{self.path}.{key}".lstrip(".")) for key in self.value]
        return {key.text(): Node(self.value[key.value], key.path) for key in keys}

    def named(self, *known: str) -> dict[str, Node]:
        """These entries of a mapping, empty where they are left out; there may be no others."""
        entries = self.entries()
        for key, node in entries.items():
            if key not in known:
                node.refuse(f"nothing of this name is known here, only {', '.join(known)}.")
        missing = {key: Node(None, f"{self.path}.{key}".lstrip(".")) for key in known}
        return missing | entries

    def text_map(self) -> dict[str, str]:
        """A mapping from texts to texts."""
        return {key: node.text() for key, node in self.entries().items()}

    def record(self, kind: type[Record]) -> Record:
        """A flat dataclass whose fields are texts, optional texts or tuples of texts."""
        types = {item.name: str(item.type) for item in fields(kind)}
        return kind(**{key: _READ[types[key]](node) for key, node in self.named(*types).items()})

    def records(self, kind: type[Record]) -> tuple[Record, ...]:
        """A list of such dataclasses."""
        return tuple(item.record(kind) for item in self.items())


_READ = {"str": Node.text, "str | None": Node.text_or_none, "tuple[str, ...]": Node.texts}
