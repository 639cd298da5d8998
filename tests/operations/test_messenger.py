"""A process that sends messages reaches no private network, whoever in it opens the connection."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from finops.access import bounded
from finops.errors import UsageError
from finops.operations import messenger

if TYPE_CHECKING:
    from pathlib import Path

TRIES = """
import socket, sys, threading
from finops.operations.messenger import guard

refused = guard()

def tried(family, kind, address, send=False):
    with socket.socket(family, kind) as one:
        try:
            one.sendto(b"x", address) if send else one.connect(address)
        except PermissionError:
            print("refused")
        except OSError as error:
            print(type(error).__name__)
        else:
            print("went")

def every():
    tried(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", int(sys.argv[1])))
    tried(socket.AF_INET, socket.SOCK_STREAM, ("localhost", int(sys.argv[1])))
    tried(socket.AF_INET, socket.SOCK_DGRAM, ("169.254.169.254", 80), send=True)
    tried(socket.AF_INET6, socket.SOCK_STREAM, ("::ffff:10.0.0.1", 80, 0, 0))
    tried(socket.AF_UNIX, socket.SOCK_STREAM, sys.argv[2])

thread = threading.Thread(target=every)
thread.start()
thread.join()
print(len(refused))
"""


def test_no_connection_goes_within_by_whatever_thread_name_or_kind_of_socket(
    tmp_path: Path,
) -> None:
    words = [sys.executable, "-c", TRIES, "9", str(tmp_path / "socket")]
    told = subprocess.run(words, capture_output=True, check=True, text=True)
    assert told.stdout.split() == ["refused"] * 5 + ["5"]


def test_where_the_process_ends_without_a_word_nobody_says_that_it_was_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounded, "answer", lambda *_, **__: None)
    with pytest.raises(UsageError, match="ended without a word"):
        messenger.deliver("Title", "Body", ("json://example.com",), private=False)
