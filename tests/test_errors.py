from __future__ import annotations

from finops.errors import ImportRefused
from finops.errors import InputError
from finops.errors import RateMissing


def test_an_error_says_what_is_wrong_and_what_to_do() -> None:
    error = InputError("may.csv is empty.", remedy="Bring another file.")
    assert error.sentence == "may.csv is empty. Bring another file."


def test_an_error_without_a_remedy_says_what_is_wrong() -> None:
    assert InputError("may.csv is empty.").sentence == "may.csv is empty."


def test_a_class_may_know_the_remedy_and_one_error_a_better_one() -> None:
    assert "finops rates add FILE" in RateMissing("No rate from EUR to USD.").sentence
    better = RateMissing("No rate from EUR to USD.", remedy="Wait for June's.")
    assert better.sentence == "No rate from EUR to USD. Wait for June's."


def test_a_refused_import_is_bad_input() -> None:
    assert issubclass(ImportRefused, InputError)
