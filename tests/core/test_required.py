"""What every charge should have is read strictly and written back the same."""

from __future__ import annotations

import pytest

from finops.core.document import Node
from finops.core.required import read_required
from finops.core.required import Required
from finops.core.required import write_required
from finops.errors import InputError


def test_dimensions_and_tags_are_required_with_or_without_their_values() -> None:
    found = read_required(Node({"x_Team": None, "tag:Cost Center": ["CC-1"]}, "required"))
    assert found == (Required(key="x_Team"), Required(key="tag:cost-center", values=("CC-1",)))
    assert read_required(Node(write_required(found), "required")) == found


@pytest.mark.parametrize("key", ["team", "tag:", "tag: "])
def test_anything_else_is_refused(key: str) -> None:
    with pytest.raises(InputError, match=r"^required\."):
        read_required(Node({key: None}, "required"))


def test_a_value_is_allowed_whatever_its_case() -> None:
    assert Required(key="tag:env", values=("prod",)).allows(" Prod")
    assert not Required(key="tag:env", values=("prod",)).allows("production")
    assert Required(key="x_Team").allows("anybody")
