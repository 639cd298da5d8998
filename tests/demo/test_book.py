from __future__ import annotations

from finops.demo.book import Book
from finops.demo.book import charges
from finops.demo.book import Resource
from finops.demo.book import Words


def test_a_word_is_kept_once_at_the_place_where_it_first_came_up() -> None:
    words: Words[Resource] = Words()
    places = [words.place(Resource(name)) for name in ("a", "b", "a", "c")]
    assert places == [0, 1, 0, 2]
    assert [word.id for word in words.values] == ["a", "b", "c"]


def test_a_template_leaves_out_columns_that_are_null() -> None:
    book = Book()
    one = book.template({"ChargeCategory": "Tax", "ChargeClass": None})
    two = book.template({"ChargeCategory": "Tax", "ChargeClass": "Correction"})
    assert book.columns(one) == {"ChargeCategory": "Tax"}
    assert book.column("ChargeClass").tolist() == [None, "Correction"]
    assert (one, two) == (0, 1)


def test_charges_start_without_resource_and_tags() -> None:
    rows = charges(2, billed=5)
    assert rows["resource"].tolist() == rows["tags"].tolist() == [-1, -1]
    assert rows["billed"].tolist() == [5, 5]
    assert rows["effective"].tolist() == [0, 0]
