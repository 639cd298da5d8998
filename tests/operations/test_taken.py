from __future__ import annotations

import io
import re
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from finops.access.workspace import make_workspace
from finops.errors import UsageError
from finops.operations import minutes
from finops.operations.actions import Action
from finops.operations.decisions import Decision
from finops.operations.entries import log_of
from finops.operations.taken import KINDS
from finops.operations.taken import take
from tests.operations.hostile import filled
from tests.operations.hostile import TEXTS
from tests.operations.pdf_text import words_of
from tests.operations.room import by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.access.workspace import Workspace

TODAY = date(2026, 6, 24)
RIGHT_TO_LEFT = "\u0627\u0644\u0633\u062d\u0628\u05e9\u05dc\u05d5\u202e\N{FAMILY}\N{GRINNING FACE}"
"""What is drawn from right to left, turns what follows, or stands in few fonts."""


class Tags(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags |= {f"{tag} {attrs}" if attrs and tag not in {"html", "meta"} else tag}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, str]]:
    """A meeting full of hostile texts, its minutes final."""
    workspace = make_workspace(tmp_path_factory.mktemp("hostile"))
    key = filled(workspace)
    minutes.close(workspace.store, **by(), meeting=key, seen="", today=TODAY)
    yield workspace, key
    workspace.close()


def taken(held: tuple[Workspace, str], kind: str) -> bytes:
    return take(log_of(held[0]), held[1], kind, today=TODAY, by="Ines").content


def test_every_text_is_text_in_the_page_and_nothing_is_fetched(
    held: tuple[Workspace, str],
) -> None:
    found = Tags()
    found.feed(taken(held, "html").decode())
    assert found.tags == {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "ul", "li"),
        *("strong", "td [('class', 'brief')]", "th [('class', 'brief')]"),
        *("table", "thead", "tbody", "tr", "td"),
    }
    for text in TEXTS:
        assert " ".join(re.split(r"[\r\n\0]+", text)) in found.text


def test_no_text_is_computed_in_the_table_of_actions(held: tuple[Workspace, str]) -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(taken(held, "xlsx"))).get_sheet_by_index(0)
    names, *rows = sheet.to_python()
    assert [row[names.index("What")] for row in rows[3:5]] == ["'=1+1", "'+cmd|' /C calc'!A0"]
    assert {row[names.index("Figures")] for row in rows} == {"provisional"}
    assert {row[names.index("Days late")] for row in rows} == {23}
    assert {row[names.index("Month reviewed")] for row in rows} == {"2026-04"}


def test_the_calendar_has_every_day_and_no_text_of_it_is_a_line(
    held: tuple[Workspace, str],
) -> None:
    content = taken(held, "ics")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    events = list(Calendar.from_ical(content).walk("VEVENT"))
    assert len(events) == len(TEXTS) + 1
    assert str(events[3]["summary"]) == "=1+1 (=1+1)"
    assert len({str(one["uid"]) for one in events}) == len(events)


def test_the_pdf_is_tagged_and_takes_every_text(held: tuple[Workspace, str]) -> None:
    content = taken(held, "pdf")
    assert content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in content or b"/Type/ObjStm" in content.replace(b" ", b"")
    assert b"/JavaScript" not in content
    assert b"/URI" not in content


def test_a_file_says_in_its_name_what_it_is_and_how_final(held: tuple[Workspace, str]) -> None:
    log = log_of(held[0])
    final = minutes.told(log, held[1], today=TODAY)
    for kind, media in KINDS.items():
        found = take(log, held[1], kind, today=TODAY, by="Ines")
        assert found.media == media
        assert found.name.endswith(f"-2026-05-24-{final.sha256[:12]}-provisional.{kind}")
    with pytest.raises(UsageError, match="no kind"):
        take(log, held[1], "docx", today=TODAY, by="Ines")


def test_the_pdf_has_every_decision_and_action_as_text_and_by_what_the_minutes_are_known(
    held: tuple[Workspace, str],
) -> None:
    """Its text is read as it is drawn, so that a word that only stands in its data is none."""
    log = log_of(held[0])
    told = minutes.told(log, held[1], today=TODAY)
    drawn = words_of(taken(held, "pdf"))
    foot = squeezed(minutes.foot(told))
    assert told.sha256 in foot
    assert told.head in foot
    pages, text = drawn.count(foot), drawn
    for page in range(1, pages + 1):
        assert f"{foot}{page}/{pages}" in text
        text = text.replace(f"{foot}{page}/{pages}", "")
    assert squeezed(f"Audit: event {told.sequence}, {told.head}") in text
    for one in (*log.of(Decision), *log.of(Action)):
        assert one.key in text
    for said in TEXTS[:-1]:
        words = "".join(sign for sign in squeezed(said) if sign not in RIGHT_TO_LEFT)
        assert text.count(words.replace("\0", "")) >= 4
    assert text.count("longwords") >= 4 * 1800
    assert "x" * 200 in text
    # Nobody's words turn the words of others around.
    assert "etirw" not in drawn


def squeezed(text: str) -> str:
    """A text without any space."""
    return "".join(text.split())
