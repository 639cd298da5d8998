"""Inventory files: which command printed a file is seen from the file; all of it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.errors import InputError
from finops.ingestion import advised
from finops.ingestion import printed_aws
from finops.ingestion import printed_azure
from finops.ingestion.record_files import table

if TYPE_CHECKING:
    from pathlib import Path

    from finops.ingestion.printed import Entry
    from finops.ingestion.printed import Item
    from finops.ingestion.printed import Shape
    from finops.ingestion.record_files import RecordFile
    from finops.ingestion.record_files import Sheet

_BY_KEY = {shape.key: shape for shape in (*printed_aws.SHAPES, *advised.SHAPES)}
_BY_TYPE = {shape.key: shape for shape in (*printed_azure.SHAPES, advised.ADVISOR)}

COMMANDS = tuple(shape.command for shape in (*_BY_KEY.values(), *_BY_TYPE.values()))
"""The read-only commands whose printed output is read."""

_REMEDY = "Nothing of it was taken. `finops inventory commands` lists what is read."
_MOST = 200 * 1024 * 1024


def read(path: Path) -> tuple[Item, ...]:
    """What a file tells of resources: JSON as commands print it, or a csv of metrics or advice.

    Raises:
        InputError: it is none of these, tells of no resource, or an entry has no id.
    """
    try:
        if path.stat().st_size > _MOST:
            message = f"{path.name} is larger than {_MOST:,} bytes."
            raise InputError(message, remedy=_REMEDY)
        start = path.read_bytes()[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror}."
        raise InputError(message) from error
    if start not in {b"{", b"["}:
        return _csv(path)
    found = {(one.kind, one.resource, one.name): one for one in _items(path)}
    if not found:
        message = f"{path.name} tells of no resource."
        raise InputError(message, remedy=_REMEDY)
    return tuple(found.values())


def _csv(path: Path) -> tuple[Item, ...]:
    sheet = table(path, "line")
    return _kind(sheet).records(sheet)


def _kind(sheet: Sheet) -> RecordFile[Item]:
    for file in (advised.METRICS_FILE, advised.ADVICE_FILE):
        if set(file.needed) <= set(sheet.header):
            return file
    needed = " or ".join(
        ", ".join(file.needed) for file in (advised.METRICS_FILE, advised.ADVICE_FILE)
    )
    message = f"{sheet.file} line 1: expected the columns {needed}."
    raise InputError(message, remedy=_REMEDY)


def _items(path: Path) -> Iterator[Item]:
    for number, (shape, entry) in enumerate(_entries(path), start=1):
        try:
            found = shape.read(entry)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            message = f"{path.name} entry {number} of {shape.command}: it is {error}."
            raise InputError(message, remedy=_REMEDY) from error
        if found:
            yield found


def _entries(path: Path) -> Iterator[tuple[Shape, Entry]]:
    """Each resource that the file's documents tell of, with how it reads."""
    for document in _documents(path):
        told = document
        if isinstance(told, Mapping) and isinstance(told.get("data"), Mapping | list):
            told = told["data"]
        if isinstance(told, list):
            yield from _typed(told, path)
        elif isinstance(told, Mapping):
            yield from _keyed(told, path)
        else:
            raise _strange(path)


def _keyed(document: Mapping[str, object], path: Path) -> Iterator[tuple[Shape, Entry]]:
    """What `aws` prints: a list under a key; machines stand one level lower, in reservations."""
    lists: dict[str, object] = dict(document)
    if isinstance(groups := lists.pop("Reservations", None), list):
        lists["Instances"] = [one for group in groups for one in group.get("Instances", ())]
    if "value" in lists and isinstance(value := lists["value"], list):
        yield from _typed(value, path)
        return
    known = [key for key in lists if key in _BY_KEY]
    if not known:
        raise _strange(path)
    for key in known:
        entries = lists[key]
        for entry in entries if isinstance(entries, list) else ():
            yield _BY_KEY[key], _object(entry, path)


def _typed(entries: list[object], path: Path) -> Iterator[tuple[Shape, Entry]]:
    """What `az` and Resource Graph print: a list of resources that each say their type."""
    for entry in entries:
        told = _object(entry, path)
        shape = _BY_TYPE.get(str(told.get("type") or "").casefold())
        if shape is None:
            raise _strange(path)
        yield shape, told


def _object(entry: object, path: Path) -> Entry:
    if not isinstance(entry, Mapping):
        raise _strange(path)
    return entry


def _documents(path: Path) -> Iterator[object]:
    """The JSON documents of a file, one after another as several commands print them."""
    try:
        text = path.read_text("utf-8-sig").strip()
        decoder = json.JSONDecoder(parse_float=Decimal)
        place = 0
        while place < len(text):
            document, place = decoder.raw_decode(text, place)
            yield document
            place += len(text[place:]) - len(text[place:].lstrip())
    except (ValueError, RecursionError) as error:
        message = f"{path.name} is not whole JSON: {error}."
        raise InputError(message, remedy=_REMEDY) from error


def _strange(path: Path) -> InputError:
    return InputError(f"{path.name} is not what one of these commands prints.", remedy=_REMEDY)
