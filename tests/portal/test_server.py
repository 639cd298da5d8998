"""What the server answers to a stranger."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from finops.portal import guard
from finops.portal import server


def asked(path: str) -> tuple[int, dict[str, str]]:
    """Status and headers of the answer to one request."""

    async def answer(_: object) -> PlainTextResponse:
        await asyncio.sleep(0)
        return PlainTextResponse("here")

    app = Starlette(routes=[Route("/{path:path}", answer)], middleware=server.middleware())
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:  # noqa: ANN401
        await asyncio.sleep(0)
        sent.append(message)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(),
        "headers": [(b"host", b"localhost")],
        "query_string": b"", "http_version": "1.1", "scheme": "http", "root_path": "",
        "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return int(sent[0]["status"]), headers


def test_every_answer_carries_the_headers() -> None:
    for path in ("/", "/_stcore/metrics"):
        _, headers = asked(path)
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_the_metrics_are_closed() -> None:
    assert asked("/")[0] == 200
    assert [asked(path)[0] for path in guard.CLOSED] == [404] * len(guard.CLOSED)


def test_no_script_runs_that_is_not_ours() -> None:
    scripts = next(part for part in server.policy().split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "'sha256-" in scripts
    assert "http" not in server.policy()
