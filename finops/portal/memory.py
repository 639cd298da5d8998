"""Memory: what has been worked out already, by the whole of what it was worked out from."""

from __future__ import annotations

import atexit
import gc
import sys
from collections import OrderedDict
from threading import Lock
from threading import RLock
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
        self._turns: dict[Hashable, RLock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, work_out: Callable[[], Kept]) -> Kept:
        """What is kept under the key, or else worked out and kept.

        Twenty people who ask for the same at once wait for the first of them: a room would
        otherwise work it out twenty times. Where that fails, the next one tries.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            turn = self._turns.setdefault(key, RLock())
        with turn:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
            try:
                found = work_out()
                with self._lock:
                    self._kept[key] = found
                    while len(self._kept) > self._most:
                        self._kept.popitem(last=False)
            finally:
                with self._lock:
                    self._turns.pop(key, None)
        return found


_settled = 0


def settle() -> None:
    """Take what has been loaded for good out of the collector's rounds.

    Streamlit collects after every run, slider moves too; with every library loaded each round
    takes 120 ms (measured), and next to nothing once they are set aside. Done anew only when a
    page has loaded more modules, and undone at the process's end, where all is given back.
    """
    global _settled  # noqa: PLW0603 -- one process, one heap
    if not _settled:
        atexit.register(gc.unfreeze)
    if len(sys.modules) > _settled:
        _settled = len(sys.modules)
        gc.collect()
        gc.freeze()
