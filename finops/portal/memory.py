"""Memory: what has been worked out already, by the whole of what it was worked out from."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic
from typing import TYPE_CHECKING
from typing import TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Hashable

Kept = TypeVar("Kept")


class Memory(Generic[Kept]):
    """Keeps the newest answers by key; keys are compared in full, so two never share an answer."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, work_out: Callable[[], Kept]) -> Kept:
        """What is kept under the key, or else worked out and kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = work_out()
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
