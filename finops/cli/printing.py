"""Printing: what a command found, as text for people or as one JSON document for scripts."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from finops.core.amount import Amount
from finops.core.amount import shortest
from finops.core.period import BillingPeriod

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table

    from finops.cli.session import Session


def emit(
    session: Session, document: Mapping[str, object], human: Callable[[Console], None]
) -> None:
    """Print one document if JSON was asked for, else let `human` write on the terminal.

    A reader that has gone away (`finops … | head`) ends the output and is no fault.
    """
    try:
        if session.as_json:
            print(as_json(document))
        else:
            human(_console())
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def as_json(document: Mapping[str, object]) -> str:
    """The document as JSON: decimals as plain text without exponent, days in ISO form.

    Raises:
        TypeError: something in it has no agreed form, so that none is invented.
        ValueError: a number that is none (NaN, infinity).
    """
    return json.dumps(plain(document), indent=2, allow_nan=False)


def plain(value: object) -> object:
    """Texts, numbers, lists and mappings only."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, BillingPeriod | Path):
        return str(value)
    return _container(value)


def _container(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    message = f"{type(value).__name__} has no form in JSON."
    raise TypeError(message)


def money(number: Decimal) -> str:
    """A decimal in full, without zeros at its end: never an exponent, never a negative zero.

    Raises:
        ValueError: the number is NaN or infinite.
    """
    if not number.is_finite():
        message = f"{number} is not a number."
        raise ValueError(message)
    return format(shortest(number or number.copy_abs()), "f")


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> Table:
    """A table for people: numbers stand right, texts from data cannot steer.

    A decimal is told in full, an amount as it is posted.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    body = [tuple(row) for row in rows]
    drawn = Table(title=title or None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        counted = bool(body) and all(isinstance(row[place], _COUNTED) for row in body)
        drawn.add_column(column, justify="right" if counted else "left", overflow="fold")
    for row in body:
        drawn.add_row(*(_cell(value) for value in row))
    return drawn


def one_line(text: str) -> str:
    """A text on one line, without the characters that would steer a terminal."""
    return " ".join("".join(mark if not _steers(mark) else " " for mark in text).split())


_COUNTED = (Amount, Decimal, int)


def _cell(value: object) -> str:
    if isinstance(value, Amount):
        return f"{value.rounded().number:,f}"
    if isinstance(value, Decimal):
        return f"{shortest(value):,f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return "" if value is None else one_line(str(value))


def _steers(mark: str) -> bool:
    """Whether a character is a control, or turns the direction of writing."""
    return unicodedata.category(mark) in {"Cc", "Cf", "Cs"}


def _console() -> Console:
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False)
