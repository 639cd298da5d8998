from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import UTC

import pytest

from finops.core.document import Node
from finops.errors import InputError


@dataclass(frozen=True, kw_only=True)
class Shop:
    id: str
    town: str | None = None
    goods: tuple[str, ...] = ()


def refusal(document: object) -> str:
    with pytest.raises(InputError) as refused:
        Node(document, "shops").records(Shop)
    return str(refused.value)


def test_a_list_of_records_is_read_field_by_field() -> None:
    shops = Node([{"id": " a ", "town": "Ulm", "goods": ["tea"]}, {"id": "b"}]).records(Shop)
    assert shops == (Shop(id="a", town="Ulm", goods=("tea",)), Shop(id="b"))


def test_nothing_counts_as_an_empty_list_and_as_an_empty_mapping() -> None:
    assert Node(None).records(Shop) == ()
    assert Node(None).text_map() == {}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("a", "shops: a list must stand here."),
        (["a"], "shops[0]: names with values must stand here."),
        ([{"id": "a"}, {}], "shops[1].id: a text must stand here."),
        ([{"id": ""}], "shops[0].id: a text must stand here."),
        ([{"id": 6100}], "shops[0].id: 6100 is not a text; write it in quotes."),
        ([{"id": "a", "town": False}], "shops[0].town: False is not a text; write it in quotes."),
        ([{"id": "a", "goods": "tea"}], "shops[0].goods: a list must stand here."),
        ([{"id": "a", "goods": ["tea", 1]}], "shops[0].goods[1]: 1 is not a text;"),
        ([{"id": "a", "owner": "x"}], "shops[0].owner: nothing of this name is known here, only"),
        ([{1: "a"}], "shops[0].1: 1 is not a text; write it in quotes."),
    ],
)
def test_a_slip_is_told_with_the_place_where_it_stands(document: object, said: str) -> None:
    assert refusal(document).startswith(said)


@pytest.mark.parametrize("value", ["4", 4.0, True, None])
def test_a_number_is_a_whole_number(value: object) -> None:
    with pytest.raises(InputError, match="is not a whole number"):
        Node(value, "start_month").number()


def test_the_document_itself_has_no_path() -> None:
    with pytest.raises(InputError, match=r"^The document: names with values"):
        Node([]).entries()
    with pytest.raises(InputError, match=r"^people: "):
        Node({"people": 1}).named("teams")


def test_a_day_is_read_from_text_or_as_yaml_gives_it() -> None:
    assert Node("2026-10-01").day() == Node(date(2026, 10, 1)).day() == date(2026, 10, 1)
    for wrong in ("20261001", "2026-02-30", 20261001, None, datetime(2026, 1, 1, tzinfo=UTC)):
        with pytest.raises(InputError):
            Node(wrong).day()
