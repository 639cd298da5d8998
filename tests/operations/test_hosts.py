"""A message is sent to nobody in a private network, however the address is written."""

from __future__ import annotations

import pytest

from finops.errors import UsageError
from finops.operations.hosts import outside
from finops.operations.hosts import public

PRIVATE = (
    *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "0"),
    *("10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1"),
    *("[::1]", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "::ffff:127.0.0.1", "ff02::1"),
    *("::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:7f00:1"),
)


@pytest.mark.parametrize("host", PRIVATE)
def test_no_way_to_write_a_private_address_gets_through(host: str) -> None:
    with pytest.raises(UsageError, match=r"Address 2 of `notify` leads into a private network"):
        outside([host], 2)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_what_everybody_reaches_is_outside(address: str) -> None:
    assert public(address)


def test_a_host_that_is_not_found_is_said_without_its_name() -> None:
    with pytest.raises(UsageError, match="names a host that is not found") as caught:
        outside(["no such host of mine.invalid"], 1)
    assert "mine" not in caught.value.sentence
