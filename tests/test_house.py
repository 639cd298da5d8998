"""The house keeps its own rules; import-linter keeps the floors, this file the rooms."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from finops import errors

PROJECT = Path(__file__).parent.parent
TINY = 40


def below(*folders: str) -> list[Path]:
    """The Python files of some folders, by their path in the project."""
    found = (path for folder in folders for path in (PROJECT / folder).rglob("*.py"))
    return sorted(path.relative_to(PROJECT) for path in found)


def tracked() -> list[Path]:
    """What git keeps and stands in the tree."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True, text=True
    )
    paths = (Path(name) for name in listed.stdout.split("\0") if name)
    return [path for path in paths if (PROJECT / path).is_file()]


class Read(NamedTuple):
    """What the rules ask of a file."""

    doc: str
    lines: int
    has_code: bool
    """Whether it defines anything beyond its docstring and its imports."""
    functions: dict[str, int]
    """How many lines its longest function of each name has."""


@cache
def read(path: Path) -> Read:
    """A file, read once for all rules."""
    text = (PROJECT / path).read_text()
    tree = ast.parse(text)
    sizes: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            sizes[node.name] = max(size, sizes.get(node.name, 0))
    return Read(
        doc=ast.get_docstring(tree) or "",
        lines=len(text.splitlines()),
        has_code=any(
            not isinstance(node, ast.Expr | ast.Import | ast.ImportFrom) for node in tree.body
        ),
        functions=sizes,
    )


MODULES = below("finops", "pages")
WITH_CODE = [path for path in MODULES if not path.name.startswith("__") and read(path).has_code]
each_module = pytest.mark.parametrize("module", MODULES, ids=str)


@each_module
def test_a_module_says_what_it_is_for_in_one_sentence(module: Path) -> None:
    doc = read(module).doc
    assert doc, f"{module} does not say what it is for"
    assert doc.splitlines()[0][-1] in ".?"


@each_module
def test_a_module_fits_in_the_head(module: Path) -> None:
    limit = 80 if module.parts[0] == "pages" else 300
    assert read(module).lines <= limit


@each_module
def test_a_function_fits_on_a_screen(module: Path) -> None:
    assert [name for name, lines in read(module).functions.items() if lines > 40] == []


@each_module
def test_a_module_is_named_for_what_it_holds(module: Path) -> None:
    said_nothing = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
    assert not said_nothing & set(re.split(r"[_/.]", str(module)))


@pytest.mark.parametrize("module", WITH_CODE, ids=str)
def test_a_module_has_a_test_of_its_own(module: Path) -> None:
    """`finops/x/y.py` has `tests/x/test_y.py`.

    A package inside a room may be tested as one (`finops/records/models/` by
    `tests/records/test_models.py`), and so may the tiny modules of a room
    (`tests/access/test_access.py`). A migration is tested with the schema that it makes.
    """
    room = module.parent if module.parts[0] == "pages" else Path(*module.parts[1:-1])
    own = Path("tests", room, f"test_{module.stem}.py")
    allowed = [own]
    if module.parts[0] == "pages":
        allowed.append(Path("tests/pages", f"test_{module.stem}.py"))
    elif len(room.parts) > 1:
        allowed.append(Path("tests", room.parent, f"test_{room.name}.py"))
    if read(module).lines <= TINY:
        allowed.append(Path("tests", room, f"test_{room.name}.py"))
    if "migrations" in module.parts:
        allowed.append(Path("tests/records/test_schema.py"))
    assert any((PROJECT / path).exists() for path in allowed), f"{own} is missing"


def test_every_test_file_belongs_to_a_module() -> None:
    """A test whose module was renamed or removed goes with it."""
    free = {"pages", "browser", "golden", "laws", "faults", "corpus"}
    alone = []
    for path in below("tests"):
        room, name = path.parts[1:-1], path.stem.removeprefix("test_")
        if not room or room[0] in free or not path.stem.startswith("test_"):
            continue
        module = PROJECT.joinpath("finops", *room, f"{name}.py")
        package = PROJECT.joinpath("finops", *room, name)
        if not module.exists() and not package.is_dir():
            alone.append(str(path))
    assert alone == []


def test_pages_lie_in_packages_so_that_no_page_is_served_without_the_front_door() -> None:
    flat = {path.name for path in below("pages") if len(path.parts) == 2}
    assert flat <= {"__init__.py", "menu.py"}


def test_no_text_from_a_bill_can_become_html() -> None:
    forbidden = "unsafe_allow" + "_html"
    found = [str(path) for path in MODULES if forbidden in (PROJECT / path).read_text()]
    assert found == []


def test_the_docstring_of_the_errors_is_their_tree() -> None:
    """Each class is listed with two more spaces and another mark than the class it derives from."""
    said = [
        (len(line) - len(line.lstrip()), line.split()[1])
        for line in inspect.cleandoc(errors.__doc__ or "").splitlines()
        if re.match(r"\s*[*x+] \w+", line)
    ]
    real = []

    def walk(kind: type[Exception], depth: int) -> None:
        real.append((depth, kind.__name__))
        for child in kind.__subclasses__():
            if child.__module__ == errors.__name__:
                walk(child, depth + 2)

    walk(errors.TieoutError, 0)
    assert said == real


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    """What is written here must be true on any machine; addresses in licenses are data."""
    private = re.compile(
        rb"(?<![\w.])/(?:work|home|root|tmp/x|opt|Users)/\w|"
        rb"files\.pythonhosted\." + rb"org|pypi\." + rb"org/simple|artifact" + rb"ory|"
        rb"--(?:extra-)?index" + rb"-url|--find" + rb"-links"
    )
    found = [
        f"{path}: {match[0]!r}"
        for path in tracked()
        if (match := private.search((PROJECT / path).read_bytes()))
    ]
    assert found == []


def test_the_lock_pins_every_package_by_its_hashes_and_names_no_address() -> None:
    lock = (PROJECT / "requirements.lock").read_text()
    assert "://" not in lock
    assert "file:" not in lock
    blocks = re.split(r"\n(?=\S)", lock.strip())
    assert len(blocks) > 50
    for block in blocks:
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", block), block
        assert "--hash=sha256:" in block, block
