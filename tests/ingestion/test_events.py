"""Events: what a line says, and what it may not."""

from __future__ import annotations

from datetime import date

import pytest

from finops.core.organization import Organization
from finops.errors import InputError
from finops.ingestion.events import Event
from finops.ingestion.events import EventKind
from finops.ingestion.events import file_of

SHOP = Organization.from_mapping({"teams": [{"id": "search", "name": "Search"}]})
DEPLOY = {"date": "2026-10-07", "team": "search", "kind": "Deploy", "text": "New ranking"}
FILE = file_of(SHOP)


def test_an_event_is_of_a_day_and_may_be_everybodys() -> None:
    told = Event(
        day=date(2026, 10, 7), team="", service="", kind=EventKind.DEPLOY, text="New ranking"
    )
    assert FILE.typed(DEPLOY | {"team": ""}) == told


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"team": "serch"}, "team 'serch': expected one of search"),
        ({"kind": "party"}, "kind 'party': expected one of deploy, launch, migration, price"),
        ({"text": ""}, "text '': expected a value"),
        ({"link": "javascript:alert(1)"}, "link 'javascript:alert(1)': expected an address"),
        ({"date": "yesterday"}, "date 'yesterday': expected a day"),
    ],
)
def test_what_cannot_be_is_refused(changed: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        FILE.typed(DEPLOY | changed)
    assert said in str(caught.value)
