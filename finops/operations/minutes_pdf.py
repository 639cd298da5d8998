"""Minutes as PDF: to print, sign and file; every person's text is data and never markup."""

from __future__ import annotations

import json
import re
from typing import Any

from finops.errors import UsageError

_TEMPLATE = """
#let told = json(bytes(sys.inputs.told))
#let words(parts) = for part in parts { if part.bold { strong(part.text) } else { part.text } }
#set document(title: told.title)
#set text(lang: "en", size: 10pt)
#set page(margin: 2cm, footer: context [
  #set text(7pt)
  #told.foot #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set par(justify: false)
#show heading: set block(above: 1.4em, below: 0.8em)
#for line in told.lines {
  if line.level > 0 { heading(level: line.level, words(line.parts)) }
  else if line.item { list(words(line.parts)) }
  else { par(words(line.parts)) }
}
"""
_MARKS = re.compile(r"\\(.)|\*\*")
_LONG = re.compile(r"\S{31,}")
_PIECE = re.compile(r"(\S{30})(?=\S)")
_HASH = re.compile(r"[0-9a-f]{64}")
"""It fits on a line, and is to be copied as it is."""
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of all that follows it on a line, of other people's words too."""


def pdf(title: str, markdown: str, foot: str) -> bytes:
    """The lines of minutes as a tagged PDF; `foot` stands on every page.

    It is PDF/UA-1 unless a text has a character that no font of this machine can show.

    Raises:
        UsageError: what writes PDF is not installed.
    """
    try:
        import typst  # noqa: PLC0415 -- large, and of the extra `pdf`
    except ImportError as error:
        message = "What writes PDF is not installed."
        raise UsageError(message, remedy="Install it with `pip install tieout[pdf]`.") from error
    lines = [_line(line) for line in markdown.splitlines() if line]
    told = json.dumps({"title": title, "foot": foot, "lines": lines})
    try:
        return _compiled(told, ["ua-1"])
    except typst.TypstError:
        return _compiled(told, [])


def _compiled(told: str, standards: list[Any]) -> bytes:
    import typst  # noqa: PLC0415 -- as above

    made: Any = typst.compile(
        _TEMPLATE.encode(), format="pdf", sys_inputs={"told": told}, pdf_standards=standards
    )
    return bytes(made)


def _line(line: str) -> dict[str, object]:
    for mark, level in (("## ", 2), ("# ", 1)):
        if line.startswith(mark):
            return {"level": level, "item": False, "parts": _parts(line.removeprefix(mark))}
    item = line.startswith("- ")
    return {"level": 0, "item": item, "parts": _parts(line.removeprefix("- "))}


def _parts(text: str) -> list[dict[str, object]]:
    """Text and bold text in turn; an escaped character is itself."""
    parts, here, place, bold = [], "", 0, False
    for found in _MARKS.finditer(text):
        here += text[place : found.start()] + (found[1] or "")
        place = found.end()
        if not found[1]:
            parts.append({"bold": bold, "text": _shown(here)})
            here, bold = "", not bold
    parts.append({"bold": bold, "text": _shown(here + text[place:])})
    return [part for part in parts if part["text"]]


def _shown(text: str) -> str:
    """Text with places at which a word too long for a line may break."""
    plain = _UNSHOWN.sub("\ufffd", _TURNS.sub("", text.replace("\t", " ")))
    return _LONG.sub(_broken, plain)


def _broken(found: re.Match[str]) -> str:
    word = found[0]
    return word if _HASH.fullmatch(word) else _PIECE.sub("\\1\u200b", word)
