"""Answers of commands as text, so that a repeated command answers as it did the first time."""

from __future__ import annotations

import dataclasses
import json
import sys
from datetime import date
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any

_MARK = "="
"""Key of an object that stands for a value JSON does not have."""

_TEXTS = {
    "decimal": (Decimal, str, Decimal),
    "moment": (datetime, datetime.isoformat, datetime.fromisoformat),
    "day": (date, date.isoformat, date.fromisoformat),
}


def write_answer(answer: object) -> str:
    """Write an answer as JSON.

    An answer is None, text, a number, a Decimal, a day, a moment, an Enum, or a frozen dataclass,
    NamedTuple, tuple or dict (with text keys) of these.

    Raises:
        TypeError: it could not be read back equal to itself.
    """
    told = json.dumps(_write(answer), ensure_ascii=False, separators=(",", ":"))
    if read_answer(told) != answer:
        message = f"The answer {type(answer).__name__} does not survive being written down."
        raise TypeError(message)
    return told


def read_answer(text: str) -> Any:  # noqa: ANN401
    """Read what `write_answer` wrote.

    Raises:
        LookupError: the answer's class is no more.
    """
    return _read(json.loads(text))


def _write(value: object) -> object:
    if value is None or type(value) in {bool, int, str}:
        return value
    for name, (kind, write, _) in _TEXTS.items():
        if type(value) is kind:
            return {_MARK: name, "value": write(value)}  # type: ignore[operator]
    if isinstance(value, Enum):
        return {_MARK: "of", "class": _path(value), "value": [value.value]}
    return _write_many(value)


def _write_many(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            each.name: _write(getattr(value, each.name)) for each in dataclasses.fields(value)
        }
        return {_MARK: "of", "class": _path(value), "fields": fields}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {_MARK: "of", "class": _path(value), "value": [_write(each) for each in value]}
    if isinstance(value, tuple):
        return [_write(each) for each in value]
    if isinstance(value, dict):
        return {_MARK: "dict", "value": [[key, _write(each)] for key, each in value.items()]}
    message = f"{type(value).__name__} is nothing a command can answer with."
    raise TypeError(message)


def _read(told: Any) -> Any:  # noqa: ANN401
    if isinstance(told, list):
        return tuple(_read(each) for each in told)
    if not isinstance(told, dict):
        return told
    if told[_MARK] in _TEXTS:
        return _TEXTS[told[_MARK]][2](told["value"])  # type: ignore[operator]
    if told[_MARK] == "dict":
        return {key: _read(each) for key, each in told["value"]}
    fields = {name: _read(each) for name, each in told.get("fields", {}).items()}
    return _class(told["class"])(*_read(told.get("value", [])), **fields)


def _path(value: object) -> str:
    return f"{type(value).__module__}:{type(value).__qualname__}"


def _class(path: str) -> type:
    """The class by its path; never imports, and takes nothing but a kind of plain value."""
    module, _, name = path.partition(":")
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    if isinstance(found, type) and (
        dataclasses.is_dataclass(found) or issubclass(found, (tuple, Enum))
    ):
        return found
    message = f"{path} is no more."
    raise LookupError(message)
