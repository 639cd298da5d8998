from __future__ import annotations

import pytest

from finops.core.resource_id import key_of
from finops.core.resource_id import short


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("arn:aws:ec2:eu-west-1:1:volume/vol-0ab12345", "vol-0ab12345"),
        (
            "/Subscriptions/1/resourceGroups/RG/providers/x/d",
            "/subscriptions/1/resourcegroups/rg/providers/X/D",
        ),
        ("arn:aws:logs:eu-west-1:1:log-group:/a/b:*", "arn:aws:logs:eu-west-1:1:log-group:/a/b"),
    ],
)
def test_two_spellings_of_a_resource_are_one(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_two_resources_stay_two() -> None:
    assert key_of("arn:aws:rds:eu-west-1:1:db:a") != key_of("arn:aws:rds:eu-west-1:2:db:a")


def test_a_command_takes_the_last_word() -> None:
    assert short("arn:aws:ec2:eu-west-1:1:volume/vol-0ab12345") == "vol-0ab12345"
    assert short("arn:aws:rds:eu-west-1:1:db:orders") == "orders"
    assert short("vol-0ab12345") == "vol-0ab12345"
