"""The text of a PDF as typst writes it: its glyphs in the order they are drawn, as characters."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"/Length (\d+).*?stream\r?\n", re.DOTALL)
"""What is packed may hold any byte, a line's end too: it ends where its length says."""
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
_MEANS = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")
_PAGE = re.compile(rb"/Type/Page/Resources (\d+) 0 R.*?/Contents (\d+) 0 R", re.DOTALL)
_DRAWN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f]+)>|(\bET\b)", re.DOTALL
)
_BESIDE = re.compile(rb"/ActualText ?<[0-9A-Fa-f]*>")
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """Everything that is drawn, a line for each run of glyphs of one font."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    return "".join(
        part
        for body in objects.values()
        if (page := _PAGE.search(body))
        for part in _drawn(_stream(objects[int(page[2])]), _fonts(objects, int(page[1])))
    )


def pages_of(pdf: bytes) -> list[bytes]:
    """What is drawn on each page, as the PDF says it."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    found = filter(None, map(_PAGE.search, objects.values()))
    return [_stream(objects[int(page[2])]) for page in found]


def words_of(pdf: bytes) -> str:
    """The same without any space, however lines were broken."""
    return "".join(text_of(pdf).replace("\u200b", "").split())


def _fonts(objects: dict[int, bytes], resources: int) -> dict[str, dict[bytes, str]]:
    """What the glyphs of each font of a page mean; a font has a name on its page alone."""
    return {
        name.decode(): _meanings(_stream(objects[int(told[1])]))
        for name, number in _FONT.findall(objects[resources])
        if (told := _UNICODE.search(objects[int(number)]))
    }


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if found is None:
        return b""
    told = body[found.end() : found.end() + int(found[1])]
    return zlib.decompress(told) if b"FlateDecode" in found[0] else told


def _meanings(cmap: bytes) -> dict[bytes, str]:
    return {
        bytes.fromhex(glyph.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in _MEANS.findall(cmap.partition(b"endcodespacerange")[2])
    }


def _drawn(page: bytes, fonts: dict[str, dict[bytes, str]]) -> Iterator[str]:
    known: dict[bytes, str] = {}
    for font, text, digits, end in _DRAWN.findall(_BESIDE.sub(b"", page)):
        if font:
            known = fonts[font.decode()]
        elif end:
            yield "\n"
        else:
            glyphs = bytes.fromhex(digits.decode()) if digits else _ESCAPED.sub(_itself, text)
            pairs = (glyphs[place : place + 2] for place in range(0, len(glyphs), 2))
            yield "".join(known.get(pair, "") for pair in pairs)


def _itself(found: re.Match[bytes]) -> bytes:
    told = found[1]
    return bytes([int(told, 8)]) if told.isdigit() else _LETTERS.get(told, told)
