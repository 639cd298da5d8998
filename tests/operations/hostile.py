"""Texts that somebody could type, and a meeting that is full of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from finops.operations import actions
from finops.operations import decisions
from finops.operations import review
from finops.operations.decisions import Kind
from finops.operations.entries import log_of
from finops.operations.review import Raised
from tests.operations.room import action
from tests.operations.room import by
from tests.operations.room import decision
from tests.operations.room import meeting

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

TEXTS = (
    "**bold** _it_ `code` [link](javascript:alert(1)) ![i](http://a.example/i.png) # head",
    "\"both\" 'kinds' and a \\ backslash",
    "\N{GRINNING FACE} \N{FAMILY} \u0627\u0644\u0633\u062d\u0628 \u05e9\u05dc\u05d5 \u202ewrite",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "$x$ and $$y$$",
    ":red[warning] :material/delete: :smile:",
    '#panic("typst") #eval("1") @label <label>',
    "two\nlines, a\ttab, a\0zero",
    "BEGIN:VEVENT;X=1,2\r\nEND:VCALENDAR",
    "<!channel> @everyone & co",
    "long words " * 1800 + "x" * 200,
)
"""The longest has 20,000 characters."""


def filled(workspace: Workspace) -> str:
    """A meeting in which every text is a decision, an action and an item that was raised."""
    held = meeting(workspace)
    for text in TEXTS:
        asked = decision(
            meeting=held, question=text, choice=text, owner=text, dissent=text, purpose=Kind.ACCEPT
        )
        decisions.decide(workspace.store, **by(), entry=asked)
        todo = action(
            meeting=held, title=text, owner=text, next_step=text, link=text, due=date(2026, 6, 1)
        )
        actions.act(workspace.store, **by(), entry=todo)
        raised = Raised(meeting=held, title=text, comment=text, page=text)
        review.raise_item(workspace.store, **by(), entry=raised)
    assert log_of(workspace).of(Raised)[-1].title == TEXTS[-1]
    return held
