"""Hosts: whether what a message is sent to lies outside, and in no private network.

An address that somebody sets makes this server ask another one. What lies in its own network,
such as a machine's metadata, must not be asked by mistake. A name is looked up to say so first;
that it leads nowhere else when it is sent to is held by `messenger`.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address
from ipaddress import ip_network
from ipaddress import IPv6Address
from typing import TYPE_CHECKING

from finops.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from ipaddress import IPv4Address

    LookUp = Callable[[str], tuple[str, ...]]

_TRANSLATED = ip_network("64:ff9b::/96")
"""Where an IPv6 address is an IPv4 one in its last 32 bits (RFC 6052)."""


def looked_up(host: str) -> tuple[str, ...]:
    """Every IP address of a host; a number in any notation is one."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(str(one[4][0]) for one in found)


def outside(hosts: Iterable[str], place: int, look_up: LookUp = looked_up) -> None:
    """Refuse hosts of a private network; `place` is which address of `notify` names them.

    Raises:
        UsageError: one is of a private network, of this machine or of nobody, or is not found.
    """
    for host in hosts:
        found = look_up(host)
        if not found:
            message = f"Address {place} of `notify` names a host that is not found."
            raise UsageError(message)
        if not all(map(public, found)):
            raise leads_within(place)


def leads_within(place: int, *, took: int = 0) -> UsageError:
    """What is said of an address of `notify` that leads into a private network.

    `took` is how many others have the message by then: whoever sends again sends to them again.
    """
    message = f"Address {place} of `notify` leads into a private network."
    if took:
        message += f" The message is with {took} other{'' if took == 1 else 's'} already."
    return UsageError(message, remedy="Set `notify_private = true` if that is what you want.")


def public(address: str) -> bool:
    """Whether an IP address is one that anybody on the internet reaches, however it is written."""
    told = ip_address(address.partition("%")[0])
    return all(one.is_global and not one.is_multicast for one in (told, *_within(told)))


def _within(told: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The IPv4 addresses that an IPv6 one carries."""
    if not isinstance(told, IPv6Address):
        return
    if told in _TRANSLATED:
        yield ip_address(int(told) & 0xFFFFFFFF)
    carried = (told.ipv4_mapped, told.sixtofour, *(told.teredo or ()))
    yield from (one for one in carried if one is not None)
