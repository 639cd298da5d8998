"""The sentence: plain words, figures that tie, and no number that is not in the table."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.core.amount import total
from finops.measures.bridge import Contribution
from finops.measures.bridge import Key
from finops.measures.causes import Cause
from finops.measures.receipt import Receipt
from finops.measures.sentence import Line
from finops.measures.sentence import lines
from finops.measures.sentence import sentence
from finops.measures.sentence import told
from finops.measures.variance import Variance
from finops.measures.window import Window
from tests.lanes import examples

D = Decimal
SEPTEMBER = Window(date(2026, 9, 1), date(2026, 10, 1))
OCTOBER = Window(date(2026, 10, 1), date(2026, 11, 1))
NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


def variance(
    start: str, *parts: tuple[Cause, str, str], measure: str = "EffectiveCost"
) -> Variance:
    """A variance of contributions: cause, service, amount."""
    return Variance(
        measure=measure,
        currency="USD",
        before=SEPTEMBER,
        after=OCTOBER,
        start=D(start),
        end=total((D(start), *(D(amount) for _, _, amount in parts))),
        contributions=tuple(Contribution(c, Key(service=s), D(n)) for c, s, n in parts),
        names={},
        notes=(),
        receipt=Receipt(snapshot="1", imports=(), charges=0, sql=()),
    )


def numbers(found: Variance) -> set[str]:
    """Every number that the table shows."""
    shown: set[str] = set()
    for line in lines(found):
        shown |= set(NUMBER.findall(line.name))
        shown |= {f"{abs(n):,f}" for n in (line.amount, line.left, line.percent) if n is not None}
    return shown


def test_it_reads_as_a_finance_lead_would_write_it() -> None:
    found = variance(
        "1119300.40",
        (Cause.DAYS, "Compute", "35319.69"),
        (Cause.VOLUME, "Vertex AI", "20000.20"),
        (Cause.VOLUME, "Disks", "9027.93"),
        (Cause.MIX, "Compute", "-4176.49"),
        (Cause.PRICE, "Compute", "-1368.55"),
    )
    assert sentence(found) == (
        "October 2026 cost 1,178,103 USD, 58,803 USD (5.3 %) more than September 2026: "
        "one day more +35,320 (mostly Compute); volume +29,028 (mostly Vertex AI); "
        "all other causes \u22125,545."
    )


def test_the_lines_tie_and_tell_what_is_left() -> None:
    found = variance("10", (Cause.NEW, "", "0.014"), (Cause.TAX, "", "0.014"))
    assert lines(found) == (
        Line("September 2026", D("10.00"), None, D("0.03")),
        Line("new", D("0.02"), D("0.2"), D("0.01"), Cause.NEW),
        Line("tax", D("0.01"), D("0.1"), D("0.00"), Cause.TAX),
        Line("October 2026", D("10.03"), D("0.3"), D("0.00")),
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (variance("0"), "October 2026 cost 0.00 USD, as much as September 2026."),
        (
            variance("0", (Cause.NEW, "", "5")),
            "October 2026 cost 5.00 USD, 5.00 USD more than September 2026: new +5.00.",
        ),
        (
            variance("10", (Cause.RETIRED, "VM", "-5"), measure="BilledCost"),
            (
                "October 2026 was billed 5.00 USD, 5.00 USD (50.0 %) less than September 2026: "
                "retired \u22125.00 (mostly VM)."
            ),
        ),
        (
            variance("10", (Cause.NEW, "", "5"), (Cause.RETIRED, "", "-5"), measure="ListCost"),
            (
                "October 2026 had a ListCost of 10.00 USD, as much as September 2026: new +5.00; "
                "retired \u22125.00."
            ),
        ),
    ],
)
def test_it_says_what_there_is_and_no_more(found: Variance, said: str) -> None:
    assert sentence(found) == said


parts = st.tuples(
    st.sampled_from(Cause),
    st.sampled_from(["Compute", "Disks", ""]),
    st.decimals(-(10**7), 10**7, places=4).map(str),
)


@settings(max_examples=examples(300), deadline=None)
@given(st.decimals(-(10**5), 10**8, places=4).map(str), st.lists(parts, max_size=12))
def test_every_number_of_the_sentence_is_in_the_table_and_the_table_ties(
    start: str, told_parts: list[tuple[Cause, str, str]]
) -> None:
    found = variance(start, *told_parts)
    assert set(NUMBER.findall(sentence(found))) <= numbers(found)
    first, *steps, last = lines(found)
    assert total((first.amount, *(line.amount for line in steps))) == last.amount
    assert last.left == 0
    exact = {step.cause: step.amount for step in found.steps}
    assert all(abs(exact[line.cause] - line.amount) <= 1 for line in steps if line.cause)


def test_days_are_called_by_their_months() -> None:
    assert told(OCTOBER) == "October 2026"
    assert told(Window(date(2026, 7, 1), date(2026, 10, 1))) == "July 2026 to September 2026"
    assert told(Window(date(2026, 10, 1), date(2026, 10, 13))) == "1 to 12 October 2026"
    assert told(Window(date(2026, 9, 20), date(2026, 10, 13))) == (
        "20 September 2026 to 12 October 2026"
    )
