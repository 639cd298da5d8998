"""Outcome: how a command ends; one clear line for a person, an exit code for a script."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from typer._click.exceptions import ClickException

from finops.cli.printing import one_line
from finops.errors import TieoutError

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, CHECK_FAILED, REFUSED, STOPPED = 0, 1, 2, 130
"""The exit codes: done; a check did not hold; wrong use, bad input or a fault; Ctrl-C."""

WITH_VALUE = ("--workspace", "--as")
ALONE = ("--json",)


def run(words: Sequence[str]) -> int:
    """Run one command and return its exit code; nothing that happens shows a traceback."""
    arguments = root_first(words)
    try:
        return _invoke(arguments)
    except TieoutError as error:
        return _refuse(error.sentence)
    except ClickException as error:
        return _wrong_use(error)
    except Exception:  # noqa: BLE001 -- the last door: a person gets a sentence, the log the rest
        log = _write_log(_workspace(arguments), traceback.format_exc())
        return _refuse(f"This is a fault in Tieout, not yours. What happened is in {log}.")


def root_first(words: Sequence[str]) -> list[str]:
    """Move what belongs before the command there, wherever it was said; `--` ends the search.

    An option that lacks its value is handed on alone, so that this is what gets refused.
    """
    first: list[str] = []
    rest: list[str] = []
    remaining = iter(words)
    for word in remaining:
        name, sign, _value = word.partition("=")
        if word == "--":
            rest += [word, *remaining]
        elif word in ALONE or (name in WITH_VALUE and sign):
            first.append(word)
        elif word in WITH_VALUE:
            value = next(remaining, None)
            if value is None:
                return [word]
            first.append(f"{word}={value}")
        else:
            rest.append(word)
    return [*first, *rest]


def _invoke(arguments: list[str]) -> int:
    from finops.cli.app import build

    code = build()(arguments, prog_name="finops", standalone_mode=False)
    if code == STOPPED:
        return _refuse("Stopped.", STOPPED)
    return code if isinstance(code, int) else DONE


def _wrong_use(error: ClickException) -> int:
    """Say what was wrong with the words; where a command is missing, that is the help itself."""
    message = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        print(message, file=sys.stderr)
        return REFUSED
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "finops"
    ended = message if message.endswith("?") else message.rstrip(".") + "."
    return _refuse(f"{ended} See `{path} --help`.")


def _refuse(sentence: str, code: int = REFUSED) -> int:
    print(one_line(sentence), file=sys.stderr)
    return code


def _workspace(arguments: Sequence[str]) -> Path:
    said = [word.partition("=")[2] for word in arguments if word.startswith("--workspace=")]
    return Path(said[-1] if said else os.environ.get("FINOPS_WORKSPACE", "workspace"))


def _write_log(workspace: Path, text: str) -> Path:
    """Keep a traceback in the workspace, or beside other temporary files where there is none."""
    from finops.access import clock

    moment = clock.now()
    try:
        folder = workspace / "log" if workspace.is_dir() else Path(tempfile.mkdtemp("-tieout"))
        folder.mkdir(exist_ok=True)
        log = folder / f"{moment:%Y-%m-%d}.log"
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{moment.isoformat()} finops\n{text}\n")
    except OSError as error:
        return Path(f"nowhere, because the log could not be written ({error.strerror})")
    return log
