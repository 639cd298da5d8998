"""A reader without a browser: signs in at a provider, fetches files, opens pages by the wire."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import NamedTuple
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
from streamlit.auth_util import encode_provider_token
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin
from websockets.typing import Subprotocol

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT = 60
MINE = "/export/audit.csv"
"""What only those may fetch who are signed in and may read the audit."""


class Drawn(NamedTuple):
    """What a page showed: its session, and all its words."""

    session: str
    words: str


class Reader(httpx.Client):
    """One browser: its cookies, and the way through a sign-in."""

    def __init__(self, portal: str) -> None:
        super().__init__(base_url=portal, timeout=WAIT, trust_env=False)

    def begin(self, page: str = "/") -> str:
        """Start a sign-in on a page; the address at the provider."""
        token = encode_provider_token("default")
        came = {"Referer": f"{self.base_url}".rstrip("/") + page}
        answer = self.get("/auth/login", params={"provider": token}, headers=came)
        return answer.headers["location"]

    def agree(self, address: str, name: str, **form: str) -> str:
        """Say at the provider who one is; the address to which it sends one back."""
        answer = httpx.post(address, data={"sub": name, **form}, timeout=WAIT, trust_env=False)
        return answer.headers["location"].removeprefix(f"{self.base_url}".rstrip("/"))

    def sign_in(self, name: str, page: str = "/") -> str:
        """All of it; the address of the portal where one ends up."""
        answer = self.get(self.agree(self.begin(page), name))
        return str(answer.headers["location"])

    def may(self) -> int:
        """How a fetch of one's own is answered: 200, 401 to strangers, 403."""
        return self.get(MINE).status_code

    def draw(self, page: str = "", *, session: str = "") -> Drawn:
        """Open a page as a browser does, and read all that is drawn on it."""
        self.get("/_stcore/health")
        xsrf = self.cookies.get("_streamlit_xsrf") or ""
        where = urlsplit(f"{self.base_url}")
        cookie = "; ".join(f"{one.name}={one.value}" for one in self.cookies.jar)
        told = [Subprotocol(one) for one in ("streamlit", xsrf, session) if one]
        with connect(
            f"ws://{where.netloc}/_stcore/stream",
            origin=Origin(f"http://{where.netloc}"),
            subprotocols=told,
            additional_headers={"Cookie": cookie},
            max_size=None,
        ) as wire:
            asked = BackMsg()
            asked.rerun_script.page_name = page
            wire.send(asked.SerializeToString())
            found, text = "", []
            while True:
                message = ForwardMsg()
                message.ParseFromString(wire.recv(WAIT, decode=False))
                if message.WhichOneof("type") == "new_session":
                    found = message.new_session.initialize.session_id
                if message.WhichOneof("type") == "delta":
                    text.append(str(message.delta))
                if message.WhichOneof("type") == "script_finished":
                    return Drawn(found, "\n".join(text))


def free_port() -> int:
    """A port that nobody answers on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def provider() -> Iterator[str]:
    """A sign-in service of its own process; its address, which is also its name as an issuer."""
    port = free_port()
    words = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(words, **quiet) as server:  # type: ignore[call-overload]
        try:
            _answers(f"http://127.0.0.1:{port}/jwks", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _answers(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until the server answers."""
    with httpx.Client(timeout=WAIT, trust_env=False) as client:
        while server.poll() is None:
            try:
                client.get(address)
            except httpx.ConnectError:
                try:
                    server.wait(0.1)
                except subprocess.TimeoutExpired:
                    continue
            else:
                return
    message = "The sign-in service did not start."
    raise AssertionError(message)
