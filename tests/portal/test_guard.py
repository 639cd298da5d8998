"""What a request passes: a host that is ours, shut doors, and a sign-in that leads back."""

from __future__ import annotations

import asyncio
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.responses import RedirectResponse
from starlette.routing import Route

from finops.access.roles import Role
from finops.portal import guard
from finops.portal import server
from tests.pages import bills
from tests.portal import signing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Message


class Answered(NamedTuple):
    """What a request was answered."""

    status: int
    location: str
    cookies: list[str]


def ask(path: str, **headers: str) -> Answered:
    """Send one request through the guard to a server that answers all of them."""

    async def answer(request: Request) -> Response:
        if request.url.path in {guard.LOGIN, guard.CALLBACK}:
            found: Response = RedirectResponse("/", status_code=302)
            found.set_cookie("theirs", "1", httponly=True)
            return found
        return PlainTextResponse("here")

    told = {"host": "localhost", **headers}
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(),
        "headers": [(each.replace("_", "-").encode(), told[each].encode()) for each in told],
        "query_string": b"", "http_version": "1.1", "scheme": "http", "root_path": "",
        "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    app = Starlette(routes=[Route("/{path:path}", answer)], middleware=server.middleware())
    asyncio.run(app(scope, receive, send))
    found = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    told = dict(found)
    set_here = [value for name, value in found if name == "set-cookie"]
    return Answered(sent[0]["status"], told.get("location", ""), set_here)


@pytest.fixture
def signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A workspace on which Vera and Noor may sign in, Noor without a role."""
    workspace = bills.nothing(tmp_path)
    signing.known(workspace, "Vera", Role.VIEWER)
    monkeypatch.setenv("FINOPS_WORKSPACE", str(workspace))
    with signing.told(signing.written(tmp_path)):
        yield workspace


def cookie(name: str, **other: object) -> str:
    """The header by which a browser says who is signed in."""
    found = signing.cookies(signing.claims(name, **other))
    return "; ".join(f"{key}={value}" for key, value in found.items())


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize("path", ["/media/1.csv", "/export/audit.csv", "/_stcore/upload_file/1/2"])
def test_nothing_is_fetched_or_brought_without_a_sign_in(path: str) -> None:
    assert ask(path).status == 401
    assert ask(path, cookie="_streamlit_user=x").status == 401
    assert ask(path, cookie=cookie("Eve")).status == 403
    assert ask(path, cookie=cookie("Vera")).status == 200


def test_on_a_laptop_nobody_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(bills.nothing(tmp_path)))
    assert ask("/media/1.csv").status == 200


def test_who_calls_it_by_another_name_is_answered_nothing_but_whether_it_lives() -> None:
    assert ask("/", host="evil.example.com").status == 400
    assert ask(guard.HEALTH, host="10.1.2.3").status == 200


def test_a_sign_in_leads_back_to_the_page_that_it_began_on() -> None:
    page = "http://localhost/finance?period=2026-09"
    (_, kept) = ask(guard.LOGIN, referer=page).cookies
    assert kept.startswith(f"{guard.BACK}=%2Ffinance%3Fperiod%3D2026-09; ")
    assert "HttpOnly" in kept
    back = ask(guard.CALLBACK, cookie=kept.partition(";")[0])
    assert back.location == "/finance?period=2026-09"
    assert f"{guard.BACK}=; Path=/; Max-Age=0" in back.cookies[-1]


@pytest.mark.parametrize(
    "page",
    [
        "", "//evil.example.com", "https://evil.example.com/", "/\\evil.example.com", "evil",
        "/\r\nSet-Cookie: a=b", "javascript:alert(1)", "/ä", "\t//evil",
    ],
)  # fmt: skip
def test_a_sign_in_leads_to_no_other_server(page: str) -> None:
    assert not guard.own(page)
    said = f"{guard.BACK}={page.replace(chr(13), '%0D').replace(chr(10), '%0A')}"
    if page.isascii():
        assert ask(guard.CALLBACK, cookie=said).location == "/"


def test_where_another_site_began_the_sign_in_it_leads_nowhere_else() -> None:
    assert len(ask(guard.LOGIN, referer="http://evil.example.com/finance").cookies) == 1


def test_by_https_every_cookie_goes_by_nothing_else() -> None:
    page = "http://localhost/data"
    assert not any("Secure" in one for one in ask(guard.LOGIN, referer=page).cookies)
    safe = ask(guard.LOGIN, referer=page, x_forwarded_proto="https").cookies
    assert [one.count("; Secure") for one in safe] == [1, 1]
