"""The portal as `finops serve` opens it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from finops.access.workspace import make_workspace
from finops.cli import serve
from finops.errors import ConfigError
from finops.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
CALL = "from finops.cli import main; main()"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the portal on an empty workspace, started far away from its source."""
    workspace = tmp_path_factory.mktemp("workspace")
    make_workspace(workspace).close()
    port = free_port()
    words = [
        sys.executable,
        "-c",
        CALL,
        "--workspace",
        str(workspace),
        "serve",
        "--port",
        f"{port}",
    ]
    server = subprocess.Popen(
        words, cwd=workspace.parent, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urlopen(f"{url}/_stcore/health").close()
                break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(20)


def test_it_answers_on_this_machine_wherever_it_is_started(portal: str) -> None:
    with urlopen(portal) as answer:
        assert answer.status == 200
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_stranger_gets_no_metrics(portal: str) -> None:
    with pytest.raises(HTTPError, match="404") as refused:
        urlopen(f"{portal}/_stcore/metrics")
    refused.value.close()


def test_a_folder_that_is_no_workspace_is_told_in_one_line(tmp_path: Path) -> None:
    words = [sys.executable, "-c", CALL, "--workspace", str(tmp_path), "serve"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "is no workspace" in done.stderr


def test_it_is_open_to_this_machine_alone_unless_told() -> None:
    assert "--server.address=127.0.0.1" in serve.command(port=1, address=serve.HERE)
    with pytest.raises(UsageError, match=r"Whoever reaches 10\.0\.0\.1 would have every role"):
        serve.command(port=1, address="10.0.0.1")


def auth(folder: Path, told: str) -> Path:
    file = folder / "sign-in.toml"
    file.write_text(told)
    return file


def test_where_people_sign_in_it_answers_by_the_name_they_know(tmp_path: Path) -> None:
    told = f"""[auth]
redirect_uri = "https://tieout.example.com/oauth2callback"
cookie_secret = "{"s" * 32}"
"""
    file = auth(tmp_path, told)
    words = serve.command(port=1, address="10.0.0.1", sign_in=file)
    assert f"--secrets.files={file}" in words
    assert "--server.allowedHosts=tieout.example.com" in words
    assert not [word for word in words if "ssss" in word]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("[auth", "cannot be read as TOML"),
        ("", "redirect_uri"),
        ('[auth]\nredirect_uri = "https://a.example.com/"', "redirect_uri"),
        ('[auth]\nredirect_uri = "https://a.example.com/oauth2callback"', "cookie_secret of 32"),
        (
            '[auth]\nredirect_uri = "https://a.example.com/oauth2callback"\ncookie_secret = "shh"',
            "cookie_secret of 32",
        ),
    ],
)
def test_a_sign_in_that_could_not_hold_is_refused(tmp_path: Path, told: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as refused:
        serve.command(port=1, address=serve.HERE, sign_in=auth(tmp_path, told))
    assert "shh" not in refused.value.sentence


def test_secrets_are_not_kept_in_the_project() -> None:
    with pytest.raises(ConfigError, match="lies in the project"):
        serve.command(port=1, address=serve.HERE, sign_in=ROOT / "pyproject.toml")
