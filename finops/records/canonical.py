"""One way to write a value as text, so that equal values have equal hashes."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from pathlib import PurePath
from uuid import UUID


def canonical_json(value: object) -> str:
    """Write a value as JSON with sorted keys and no spaces.

    Decimals become text with all their digits, dates and moments ISO 8601, sets sorted lists,
    dataclasses and NamedTuples objects; an object with a `__body__()` method becomes what that
    returns.

    Raises:
        TypeError: a value has no such form; give it `__body__()`.
        ValueError: a float is not finite.
    """
    return json.dumps(
        _plain(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def digest_of(value: object) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return sha256(canonical_json(value).encode()).hexdigest()


def _plain(value: object) -> object:
    """The value in JSON's own types."""
    if value is None or type(value) in {bool, int, float, str}:
        return value
    if hasattr(value, "__body__"):
        return _plain(value.__body__())
    if isinstance(value, Enum):
        return _plain(value.value)
    scalar = _scalar(value)
    return _container(value) if scalar is None else scalar


def _scalar(value: object) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (PurePath, UUID, str)):
        return str(value)
    return None


def _container(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in _fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(each) for each in value), key=canonical_json)
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    message = f"{type(value).__name__} has no canonical form; give it a `__body__()` method."
    raise TypeError(message)


def _fields(value: object) -> tuple[dataclasses.Field[object], ...]:
    return dataclasses.fields(value)  # type: ignore[arg-type]
