"""Serving: a portal, or a bare app, that runs as long as it is measured."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from contextlib import contextmanager
from typing import NamedTuple
from typing import TYPE_CHECKING
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path


class Served(NamedTuple):
    """Where a server answers, after how many seconds it did, and its process."""

    url: str
    started: float
    process: int


@contextmanager
def served(
    words: list[str], given: Mapping[str, str] | None = None, *, folder: Path | None = None
) -> Iterator[Served]:
    """Run a server until the end of the block; its port is the last of its words.

    `given` is added to its environment; `folder` is where it runs, if not here: a Streamlit app
    takes its settings from there.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url, begun = f"http://127.0.0.1:{port}", time.perf_counter()
    server = subprocess.Popen(  # noqa: S603 -- our own commands
        [*words, str(port)],
        env={**os.environ, **(given or {})},
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _answers(url)
        yield Served(url, time.perf_counter() - begun, server.pid)
    finally:
        server.terminate()
        server.wait(20)


def _answers(url: str) -> None:
    for _ in range(600):
        try:
            with urlopen(f"{url}/_stcore/health"):  # noqa: S310 -- our own server
                return
        except OSError:
            time.sleep(0.1)
    message = f"No server answers at {url}."
    raise TimeoutError(message)
