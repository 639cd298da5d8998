"""Guard: what every request passes: hosts we are, doors that stay shut, files that ask who comes.

It also brings whoever signs in back to the page that the sign-in began on: Streamlit itself leads
everybody to the first one.
"""

from __future__ import annotations

from contextlib import suppress
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import quote
from urllib.parse import unquote
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from finops.access import sign_ins
from finops.errors import NotSignedIn
from finops.errors import TieoutError
from finops.portal import desk
from finops.portal import identity

if TYPE_CHECKING:
    from starlette.types import ASGIApp
    from starlette.types import Message
    from starlette.types import Receive
    from starlette.types import Scope
    from starlette.types import Send

CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
"""What Streamlit would answer to anybody, signed in or not."""

GUARDED = ("/media", "/export", "/_stcore/upload_file")
"""What is fetched or brought besides pages: only by somebody who is signed in."""

HEALTH = "/_stcore/health"
"""What a probe asks, by whatever name it knows the machine."""

LOGIN, LOGOUT, CALLBACK = "/auth/login", "/auth/logout", "/oauth2callback"
BACK = "tieout_back"
"""The cookie that names the page on which a sign-in began."""


class Guard:
    """Lets a request in or not, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, headers: tuple[tuple[str, str], ...]) -> None:
        self.app = app
        self.headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        refused = _refused(request)
        token = identity.asked.set(request.cookies)
        try:
            if refused is None and scope["path"].startswith(GUARDED):
                refused = await run_in_threadpool(_stranger)
            if refused is None and scope["path"] == LOGOUT:
                await run_in_threadpool(leave)
            answer = refused or self.app
            await answer(scope, receive, self._sender(request, send))
        finally:
            identity.asked.reset(token)

    def _sender(self, request: HTTPConnection, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(dict(self.headers))
                _lead_back(request, headers)
                _keep_secure(request, message)
            await send(message)

        return send_with_headers


def _refused(request: HTTPConnection) -> PlainTextResponse | None:
    """What a request is answered that nobody may make."""
    known = request.scope["path"] == HEALTH or is_host_allowed(request.headers.get("host"))
    if not known:
        return PlainTextResponse("This is not the host's name.", status_code=400)
    if request.scope["path"].startswith(CLOSED):
        return PlainTextResponse("Not found", status_code=404)
    return None


def _stranger() -> PlainTextResponse | None:
    """What somebody is answered who may not fetch anything; nothing for everybody else."""
    if not identity.signs_in():
        return None
    try:
        desk.actor()
    except NotSignedIn as error:
        return PlainTextResponse(error.sentence, status_code=401)
    except TieoutError as error:
        return PlainTextResponse(error.sentence, status_code=403)
    return None


def leave() -> None:
    """End the session of whoever signs out, wherever else its cookie went."""
    told = sign_ins.claims_of(identity.claims())
    if told is None:
        return
    with suppress(TieoutError):
        actor, at, store = desk.actor(), desk.now(), desk.workspace().store
        sign_ins.end(store, actor=actor, at=at, origin="sign-out", which=told.key)


def _lead_back(request: HTTPConnection, headers: MutableHeaders) -> None:
    """Remember where a sign-in began, and after it lead there."""
    path = request.scope["path"]
    if path == LOGIN:
        came = urlsplit(request.headers.get("referer", ""))
        if came.netloc == request.headers.get("host") and came.path not in {LOGIN, CALLBACK}:
            page = came.path + (f"?{came.query}" if came.query else "")
            headers.append("set-cookie", _cookie(page, 600))
    elif path == CALLBACK and "location" in headers:
        page = unquote(request.cookies.get(BACK, ""))
        if headers["location"] == "/" and own(page):
            headers["location"] = page
        headers.append("set-cookie", _cookie("", 0))


def own(page: str) -> bool:
    """Whether an address is a page of this portal, and no other server's in disguise."""
    told = urlsplit(page)
    plain = page.isascii() and page.isprintable() and "\\" not in page
    return plain and page[:1] == "/" and page[1:2] != "/" and not (told.scheme or told.netloc)


def _cookie(value: str, seconds: int) -> str:
    return f"{BACK}={quote(value, safe='')}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"


def _keep_secure(request: HTTPConnection, message: Message) -> None:
    """Where the portal is reached by https, its cookies go by nothing else."""
    if not identity.by_https(request.headers.get("x-forwarded-proto", request.url.scheme)):
        return
    message["headers"] = [
        (name, value + b"; Secure" if name == b"set-cookie" and _open(value) else value)
        for name, value in message["headers"]
    ]


def _open(cookie: bytes) -> bool:
    told = SimpleCookie(cookie.decode("latin-1"))
    return not any(each["secure"] for each in told.values())
