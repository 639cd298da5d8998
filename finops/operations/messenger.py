"""Messenger: sends one message from a process of its own, which can reach no private network.

A name that was looked up and found outside may lead elsewhere when it is looked up again to be sent
to, and so may a redirect. So it is not the name that is trusted: every connection is held to the
address that it really goes to, whichever library makes it. Names, certificates and hosts stay as
they are.
"""

from __future__ import annotations

import errno
import json
import sys
from typing import NamedTuple

from finops.access import bounded
from finops.errors import UsageError
from finops.operations.hosts import public

SECONDS = 60
"""How long one address may take."""

_GOING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
"""What Python says of a socket before it goes anywhere."""


class Sent(NamedTuple):
    """How many addresses took the message, and which would have led into a private network."""

    took: int
    refused: tuple[int, ...]


def deliver(title: str, body: str, addresses: tuple[str, ...], *, private: bool) -> Sent:
    """Send a message to every address, by a process of its own.

    Raises:
        UsageError: the process ended without a word.
    """
    told = {"title": title, "body": body, "addresses": addresses, "private": private}
    seconds = SECONDS * len(addresses)
    answer = bounded.answer("finops.operations.messenger", json.dumps(told), seconds=seconds)
    if answer is None:
        message = "What sends messages ended without a word; whether any arrived is not known."
        raise UsageError(message, remedy="Look whether they did, then send it again.")
    said = json.loads(answer)
    return Sent(said["took"], tuple(said["refused"]))


def guard() -> list[str]:
    """Let no connection of this process go into a private network, for as long as it lives.

    Every address that was refused is in what is given back.
    """
    refused: list[str] = []

    def look(event: str, told: tuple[object, ...]) -> None:
        if event in _GOING and not _outside(address := told[-1]):
            refused.append(str(address))
            # To whatever library wanted to go there, a connection that failed.
            raise PermissionError(errno.EACCES, "It leads into a private network.")

    sys.addaudithook(look)
    return refused


def _outside(address: object) -> bool:
    """Whether a socket's address is one that anybody reaches; a name or a file is none."""
    try:
        return isinstance(address, tuple) and public(str(address[0]))
    except ValueError:
        return False


def main() -> None:
    """Send what standard input says, and tell on standard output what became of it."""
    bounded.bound(seconds=SECONDS)
    told = json.loads(sys.stdin.read())
    import apprise  # noqa: PLC0415 -- of the extra `notify`

    within: list[str] = [] if told["private"] else guard()
    took, refused = 0, []
    for place, address in enumerate(told["addresses"], start=1):
        post = apprise.Apprise(asset=apprise.AppriseAsset(http_redirects=False))
        post.add(address)
        for service in post:
            service.redirects = False
        before = len(within)
        took += bool(post.notify(body=told["body"], title=told["title"], body_format="text"))
        refused += [place] if len(within) > before else []
    sys.stdout.write(json.dumps({"took": took, "refused": refused}))


if __name__ == "__main__":
    main()
