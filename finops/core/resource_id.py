"""Resource ids: the bill, an inventory and an advisor write one resource in different ways."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"(?:vol|snap|eipalloc|nat|i|ami)-[0-9a-f]{8,32}$")


def key_of(resource: str) -> str:
    """What two spellings of one resource have in common.

    `arn:aws:ec2:eu-west-1:1:volume/vol-0ab12345` and `vol-0ab12345` are one; Azure writes its ids
    in capitals or not; a log group's ARN may end in `:*`.
    """
    told = resource.strip().casefold().removesuffix(":*").rstrip("/")
    token = _TOKEN.search(told)
    return token.group() if token else told


def short(resource: str) -> str:
    """The last word of an id: what a provider's command takes, and what a person calls it."""
    told = resource.strip().removesuffix(":*").rstrip("/")
    return told.rpartition("/")[2].rpartition(":")[2] or told
