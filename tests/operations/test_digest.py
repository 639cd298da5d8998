from __future__ import annotations

import json
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler
from http.server import HTTPServer
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.errors import UsageError
from finops.operations import digest as room
from finops.operations.actions import act
from finops.operations.comments import Comment
from finops.operations.comments import comment
from finops.operations.digest import digest
from finops.operations.digest import send
from finops.operations.entries import log_of
from finops.operations.messenger import Sent
from tests.operations.room import action
from tests.operations.room import by
from tests.operations.room import meeting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.access.workspace import Workspace

TODAY = date(2026, 6, 24)


@pytest.fixture
def chat() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A webhook on this machine, and what was posted to it."""
    posted: list[dict[str, Any]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            posted.append(json.loads(self.rfile.read(length)))
            self.send_response(302 if self.path == "/away" else 200)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def do_GET(self) -> None:
            posted.append({"followed": self.path})

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"json://127.0.0.1:{server.server_port}/hook", posted
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_webhook_gets_the_meeting_in_a_few_lines_that_call_nobody(
    opened: Workspace, chat: tuple[str, list[dict[str, Any]]]
) -> None:
    held = meeting(opened)
    act(opened.store, **by(), entry=action(meeting=held, title="<!channel> @everyone\n$x$"))
    found = digest(log_of(opened), held, today=TODAY)
    with pytest.raises(UsageError, match="private network"):
        send(found, [chat[0]])
    assert chat[1] == []
    assert send(found, [chat[0]], private=True) == 1
    told = chat[1][0]
    assert told["title"] == "Cost review, 2026-05-24"
    assert "About 2026-04 (provisional)." in told["message"]
    assert "10 days late" in told["message"]
    assert "<!channel>" not in told["message"]
    assert "@everyone" not in told["message"]
    assert "$x$" in told["message"]


def test_without_an_address_or_with_a_wrong_one_it_says_so(opened: Workspace) -> None:
    held = meeting(opened)
    found = digest(log_of(opened), held, today=TODAY)
    with pytest.raises(UsageError, match="Nobody"):
        send(found, ())
    with pytest.raises(UsageError, match="Address 1"):
        send(found, ("nonsense://secret",))


def test_a_webhook_that_leads_elsewhere_is_not_followed(
    opened: Workspace, chat: tuple[str, list[dict[str, Any]]]
) -> None:
    held = meeting(opened)
    found = digest(log_of(opened), held, today=TODAY)
    assert send(found, [chat[0].replace("/hook", "/away")], private=True) == 0
    assert [one for one in chat[1] if "followed" in one] == []


def test_an_address_cannot_ask_to_be_followed(
    opened: Workspace, chat: tuple[str, list[dict[str, Any]]]
) -> None:
    held = meeting(opened)
    found = digest(log_of(opened), held, today=TODAY)
    address = chat[0].replace("/hook", "/away") + "?redirect=yes"
    assert send(found, [address], private=True) == 0
    assert [one for one in chat[1] if "followed" in one] == []


def test_a_name_that_leads_within_only_when_it_is_sent_to_reaches_nobody(
    opened: Workspace, chat: tuple[str, list[dict[str, Any]]]
) -> None:
    """The first look-up finds an address outside, the one to send by finds this machine."""
    held = meeting(opened)
    found = digest(log_of(opened), held, today=TODAY)
    asked: list[str] = []

    def rebound(host: str) -> tuple[str, ...]:
        asked.append(host)
        return ("8.8.8.8",)

    address = chat[0].replace("127.0.0.1", "localhost")
    with pytest.raises(UsageError, match=r"Address 1 of `notify` leads into a private network"):
        send(found, [address], look_up=rebound)
    assert asked == ["localhost"]
    assert chat[1] == []


def test_who_has_the_message_already_is_said_where_another_address_is_refused(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No test reaches anybody outside: what the messenger tells of it is given."""
    held = meeting(opened)
    found = digest(log_of(opened), held, today=TODAY)
    places = ["json://8.8.8.8/chat", "json://8.8.4.4/chat"]
    monkeypatch.setattr(room, "deliver", lambda *_, **__: Sent(1, (2,)))
    with pytest.raises(UsageError, match=r"Address 2 .* The message is with 1 other already"):
        send(found, places)


def test_it_says_who_was_told_what_by_whom(opened: Workspace) -> None:
    held = meeting(opened)
    said = Comment(meeting=held, text="@Ines\nwhy?", mentions=("Ines Moreau",))
    comment(opened.store, **by("Bob"), entry=said)
    comment(opened.store, **by("Bob"), entry=Comment(meeting=held, text="To nobody"))
    lines = digest(log_of(opened), held, today=TODAY).lines
    assert [one for one in lines if "Bob" in one] == ["To Ines Moreau, from Bob: @\u200bInes why?"]
