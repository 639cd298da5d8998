"""The README says what is so: each of its tables equals the code, and so does SECURITY.md.

`TIEOUT_UPDATE=1 pytest tests/test_readme.py` writes the tables anew.
"""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from finops.cli import app
from finops.config import Settings
from finops.portal import permissions

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parent.parent
README = PROJECT / "README.md"
SECURITY = PROJECT / "data" / "reference" / "SECURITY.md"


def sentence(doc: str | None) -> str:
    """The first line of a docstring, as a cell of a table."""
    return (doc or "").strip().split("\n")[0].removesuffix(".")


def commands() -> list[str]:
    """Every command with what it does; a group with what it is for and the commands in it."""
    single = [f"| `{name}` | {sentence(command.__doc__)} |" for name, command in app.COMMANDS]
    groups = [
        f"| `{group}` {', '.join(f'`{name}`' for name, _ in listed if name)} | {sentence(about)} |"
        for group, about, listed in app.GROUPS
    ]
    return single + groups


def settings() -> list[str]:
    """Every setting but the workspace, which is where they stand."""
    return [
        f"| `{name}` | {default(name)} | {sentence(item.description)} |"
        for name, item in Settings.model_fields.items()
        if name != "workspace"
    ]


def default(name: str) -> str:
    """What holds when nobody sets it."""
    item = Settings.model_fields[name]
    if item.default_factory:
        return "`records.sqlite` in the workspace"
    return f"`{item.default}`" if item.default not in (None, "", {}) else ""


def pages() -> list[str]:
    """Every page that is declared, by its title, with its question."""
    order = (PROJECT / "pages/menu.py").read_text()
    found = []
    for path in (PROJECT / "pages").rglob("*/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Page":
                said = {
                    word.arg: ast.literal_eval(word.value)
                    for word in node.keywords
                    if word.arg in {"title", "question"}
                }
                row = f"| {said['title']} | {said['question']} |"
                found.append((order.rfind(path.stem), row))
    return [row for _, row in sorted(found)]


TABLES = (
    ("| page | question |\n|---|---|\n", pages),
    ("| command | does |\n|---|---|\n", commands),
    ("| setting | default | meaning |\n|---|---|---|\n", settings),
)


@pytest.mark.parametrize(("head", "rows"), TABLES, ids=["pages", "commands", "settings"])
def test_a_table_of_the_readme_says_what_the_code_says(
    head: str, rows: Callable[[], list[str]]
) -> None:
    text = README.read_text()
    before, _, after = text.partition(head)
    shown = re.match(r"(?:\|.*\n)*", after)
    assert shown
    if os.environ.get("TIEOUT_UPDATE"):
        written = "".join(f"{row}\n" for row in rows())
        README.write_text(f"{before}{head}{written}{after[shown.end() :]}")
        return
    assert shown[0].splitlines() == rows()


def test_who_may_do_what_is_written_from_the_commands() -> None:
    if os.environ.get("TIEOUT_UPDATE"):
        SECURITY.write_text(permissions.document())
    assert SECURITY.read_text() == permissions.document()
    assert "(data/reference/SECURITY.md)" in README.read_text()


def test_every_command_that_the_readme_calls_exists() -> None:
    called = re.findall(r"finops --workspace mine ([a-z]+)", README.read_text())
    known = {name for name, _ in app.COMMANDS} | {name for name, _, _ in app.GROUPS}
    assert called
    assert set(called) <= known


def test_every_target_that_the_readme_calls_is_in_the_makefile() -> None:
    called = set(re.findall(r"make (run|test|bench|setup|lock)\b", README.read_text()))
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    assert called == {"run", "test", "bench", "setup", "lock"}
    assert called <= targets


def test_the_readme_can_be_read_in_one_go() -> None:
    assert len(README.read_text().splitlines()) <= 200
