"""Permissions: who may do what, told from the commands that there are and the roles' one table."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

import finops
from finops.access.command import is_command
from finops.access.roles import Permission
from finops.access.roles import Role
from finops.access.roles import roles_that
from finops.portal.tables import records

if TYPE_CHECKING:
    from typing import Any

    from finops.access.command import Command
    from finops.portal.tables import Table

MAY = "yes"

_ELSEWHERE = ("__main__", "bench", "cli", "demo", "portal")
"""Rooms that hold no command: they only call those of others."""


@cache
def commands() -> tuple[Command[Any], ...]:
    """Every command that a room registers, by its name; looks into each room once."""
    found: dict[str, Command[Any]] = {}
    for room in pkgutil.iter_modules(finops.__path__):
        if room.name not in _ELSEWHERE:
            for module in _modules(f"finops.{room.name}"):
                found |= {one.name: one for one in vars(module).values() if is_command(one)}
    return tuple(found[name] for name in sorted(found))


def table() -> Table:
    """Each command and each right to look, and the roles that have it."""
    return records("Who may do what", rows())


def rows() -> list[dict[str, object]]:
    """A row for each right to look and for each command; a cell for each role."""
    looks = [(str(each), each) for each in Permission if each.startswith("read")]
    writes = [(one.name, one.permission) for one in commands()]
    return [
        {
            "What": name,
            "Needs": str(needs),
            **{str(role): MAY if role in roles_that(needs) else "" for role in Role},
        }
        for name, needs in looks + writes
    ]


def document() -> str:
    """The same as a text in Markdown, for those who must approve it."""
    told = rows()
    heads = list(told[0])
    lines = [heads, ["---"] * len(heads), *([str(row[head]) for head in heads] for row in told)]
    return _OPENING + "".join(f"| {' | '.join(line)} |\n" for line in lines)


_OPENING = """# Who may do what

Every change goes through one of the commands below, each needs one permission, and a role that
lacks it is refused before anything is written. A person may have several roles; without a role
nothing is allowed. What took effect is one event in the log (`finops audit verify`).

This file is written by the program from its own commands
(`TIEOUT_UPDATE=1 pytest tests/test_readme.py`); the page Access & audit shows the same.

"""


def _modules(name: str) -> list[Any]:
    """A room, and every module in it."""
    room = import_module(name)
    inside = pkgutil.walk_packages(getattr(room, "__path__", ()), f"{name}.")
    found = (each.name for each in inside if ".migrations" not in each.name)
    return [room, *(import_module(each) for each in found)]
