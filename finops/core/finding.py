"""Finding: a fault in data, carried as a value with the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One fault: the rule that it breaks, where, what stands there, and what was expected.

    `line` counts from 1, the header being line 1; 0 where the fault is not on one line.
    `count` says how many lines have the fault when it is told once for many.
    """

    rule: str
    reason: str
    file: str = ""
    line: int = 0
    column: str = ""
    value: str = ""
    rejects: bool = True
    count: int = 1

    def __str__(self) -> str:
        place = self.file + (f" line {self.line}" if self.line else "")
        what = f"{self.column} {self.value!r}".lstrip() if self.value else self.column
        where = ", ".join(part for part in (place, what) if part)
        return f"{where}: {self.reason}" if where else self.reason
