"""Minutes page: the minutes as one page of HTML to read, print and file; nothing is fetched."""

from __future__ import annotations

import re
from html import escape

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "li,p{overflow-wrap:anywhere}"
)
_ESCAPED = re.compile(r"\\(.)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_KEPT = "\ue000{}\ue001"
_PLACE = re.compile("\ue000(\\d+)\ue001")


def page(title: str, markdown: str) -> str:
    """The lines of minutes as HTML: headings, items, paragraphs and bold, every text escaped."""
    parts: list[str] = []
    listed = False
    for line in markdown.splitlines():
        item = line.startswith("- ")
        if item != listed:
            parts.append("<ul>" if item else "</ul>")
            listed = item
        if line:
            parts.append(_line(line))
    parts += ["</ul>"] if listed else []
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return (
        f'<!doctype html><html lang="en"><head>{head}</head>\n<body>\n'
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _line(line: str) -> str:
    for mark, tag in (("## ", "h2"), ("# ", "h1"), ("- ", "li")):
        if line.startswith(mark):
            return f"<{tag}>{_words(line.removeprefix(mark))}</{tag}>"
    return f"<p>{_words(line)}</p>"


def _words(text: str) -> str:
    """Escaped characters are themselves, two stars are bold, and nothing else means anything."""
    text = text.replace("\ue000", "").replace("\ue001", "")
    shown = _BOLD.sub(r"<strong>\1</strong>", escape(_ESCAPED.sub(_hide, text)))
    return _PLACE.sub(lambda found: escape(chr(int(found[1]))), shown)


def _hide(found: re.Match[str]) -> str:
    return _KEPT.format(ord(found[1]))
