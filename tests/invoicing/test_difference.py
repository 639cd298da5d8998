from __future__ import annotations

import random
from decimal import Decimal
from itertools import combinations
from typing import Any
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.core.amount import total
from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.core.scope import LOCAL
from finops.errors import UsageError
from finops.invoicing import difference
from finops.invoicing.difference import choices
from finops.invoicing.difference.given import Given
from finops.invoicing.difference.resolve import Side
from finops.invoicing.difference.resolve import ways
from finops.invoicing.difference.rows import Row
from finops.invoicing.difference.table import Choices
from finops.invoicing.difference.table import Setting
from finops.invoicing.difference.table import Table
from finops.measures import ask
from finops.measures import Query
from tests.faults.bill import costing
from tests.invoicing.bill import bring
from tests.invoicing.bill import covered
from tests.invoicing.bill import days
from tests.invoicing.bill import invoice
from tests.invoicing.bill import purchase
from tests.invoicing.bill import tell
from tests.lanes import examples

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.invoicing.difference import NumberExplained

APRIL = BillingPeriod(2026, 4)


@pytest.mark.parametrize(
    ("text", "number", "tolerance", "currency"),
    [
        ("12345.67", "12345.67", "0.005", ""),
        ("12,345", "12345", "0.5", ""),
        ("-1,234,567.8", "-1234567.8", "0.05", ""),
        ("12.3k", "12300", "50", ""),
        ("1.2M", "1200000", "50000", ""),
        ("3bn", "3000000000", "500000000", ""),
        ("EUR 12.50", "12.50", "0.005", "EUR"),
        ("12.50 USD", "12.50", "0.005", "USD"),
        ("\u22125", "-5", "0.5", ""),
    ],
)
def test_an_amount_says_how_exactly_it_is_told(
    text: str, number: str, tolerance: str, currency: str
) -> None:
    told = Given(Decimal(number), Decimal(tolerance), currency)
    assert difference.read_amount(text) == told


@pytest.mark.parametrize(
    "text",
    ["", "abc", "1,2", "1.234,56", "12,34,567", "1.2.3", "USD 5 EUR", "NaN", "1e5", "$5"],
)
def test_an_amount_is_never_guessed(text: str) -> None:
    with pytest.raises(UsageError, match=r"can be read in one way|two currencies"):
        difference.read_amount(text)


def day(number: int, **other: str) -> dict[str, str]:
    """The day of April that a charge was incurred on."""
    start = {"ChargePeriodStart": f"2026-04-{number:02}T00:00:00Z"}
    return start | {"ChargePeriodEnd": f"2026-04-{number:02}T23:00:00Z"} | other


def account(name: str) -> dict[str, str]:
    return {"SubAccountId": name, "SubAccountName": name}


TEAM = {"Tags": '{"team": "search"}'}
BOOK = [
    costing("4110.07", **day(3), **account("shop"), **TEAM),
    costing("2033.41", **day(17), **account("ads"), ListCost="2500.55", ContractedCost="2100.33"),
    costing("-301.11", **day(9), **account("ads")),
    costing("377.19", **day(30, ChargePeriodStart="2026-04-30T20:00:00Z"), **account("shop")),
    costing("88.03", **days(charged="2026-03"), **account("shop"), ChargeClass="Correction"),
    costing("612.77", **day(1), ChargeCategory="Tax", ServiceName="Tax", PricingCategory=""),
    costing("-150.29", **day(1), ChargeCategory="Credit", ServiceName="Credit"),
    costing("99.61", **day(2), ServiceName="Premium Support"),
    costing("45.17", **day(5), PublisherName="Seller", **account("shop")),
    purchase("1203.93"),
    covered("401.31", "Used"),
    covered("27.13", "Unused"),
]


@pytest.fixture
def book(opened: Workspace, tmp_path: Path) -> Workspace:
    """A month with some of everything that two people may count differently."""
    bring(opened, tmp_path / "april.csv", BOOK)
    return opened


def found(
    workspace: Workspace,
    amount: object,
    source: str = "",
    **other: Any,  # noqa: ANN401
) -> NumberExplained:
    dataset = workspace.dataset()
    asked = difference.Asked(
        given=difference.read_amount(str(amount)),
        period=APRIL,
        source=source,
        taxes=difference.untold_taxes(workspace, dataset, APRIL),
        **other,
    )
    then = difference.earlier(workspace, dataset, APRIL, LOCAL)
    told = difference.explain_number(dataset, asked, then)
    for steps, rest in [(told.steps, told.remainder), *told.alternatives]:
        assert total((told.portal, *(step.amount for step in steps), rest)) == told.given
        assert not told.explained or abs(rest) <= told.tolerance
    return told


def reasons(told: NumberExplained) -> list[set[str]]:
    return [
        {step.reason for step in way} for way in (told.steps, *(w[0] for w in told.alternatives))
    ]


def test_the_portals_number_is_that_of_a_query(book: Workspace) -> None:
    asked = ask(book.dataset(), Query(measures=("EffectiveCost",), period=APRIL))
    told = found(book, "7255.26")
    assert told.portal == asked.total["EffectiveCost"] == Decimal("7255.26")
    assert told.explained
    assert not told.steps
    assert not told.remainder


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ("6642.49", {"tax"}),
        ("7405.55", {"credits"}),
        ("7556.37", {"refunds"}),
        ("7155.65", {"support"}),
        ("7210.09", {"marketplace"}),
        ("7228.13", {"unused commitment"}),
        ("7343.29", {"axis"}),
        ("6878.07", {"time zone"}),
        ("5145.77", {"part-day"}),
        ("4110.07", {"scope"}),
        ("8331.86", {"basis", "refunds"}),
    ],
)
def test_a_difference_that_somebody_made_is_named(
    book: Workspace, amount: str, reason: set[str]
) -> None:
    assert reason in reasons(found(book, amount))


def test_two_differences_that_come_to_the_same_are_both_told(
    opened: Workspace, tmp_path: Path
) -> None:
    """Tax and support cost the same: nobody can tell which of them was left out."""
    tax = costing("45.67", ChargeCategory="Tax", ServiceName="Tax", PricingCategory="")
    charges = [costing("5000.11"), tax, costing("45.67", ServiceName="Support")]
    bring(opened, tmp_path / "april.csv", charges)
    assert sorted(map(sorted, reasons(found(opened, "5045.78")))) == [["support"], ["tax"]]


def test_what_nothing_leads_to_stays_an_honest_remainder_with_a_hint(book: Workspace) -> None:
    told = found(book, "6649.93")
    assert (told.explained, told.steps, told.alternatives) == (False, (), ())
    assert told.remainder == Decimal("6649.93") - told.portal
    assert told.hint
    assert told.hint.reason == "tax"


def test_few_digits_explain_only_that_it_is_the_same_number(book: Workspace) -> None:
    same, other = found(book, "7.3k"), found(book, "6.6k")
    assert (same.explained, same.steps) == (True, ())
    assert (other.explained, other.steps) == (False, ())


def test_a_team_may_have_the_whole_companys_number(book: Workspace) -> None:
    told = found(book, "7255.26", where=(("x_Team", "search"),))
    assert told.portal == Decimal("4110.07")
    assert {"scope"} in reasons(told)


def test_a_number_of_before_a_restatement_is_what_was_believed_then(
    opened: Workspace, tmp_path: Path
) -> None:
    other = costing("40.28", ServiceName="Support")
    bring(opened, tmp_path / "first.csv", [costing("5000.11"), other])
    bring(opened, tmp_path / "second.csv", [costing("5123.94"), other])
    told = found(opened, "5040.39", "deck")
    assert [(step.reason, step.amount) for step in told.steps] == [
        ("restatement", Decimal("-123.83"))
    ]
    assert "snapshot 1-" in told.steps[0].said
    two = found(opened, "5000.11")
    assert {"restatement", "support"} in reasons(two)


def test_tax_that_stands_on_the_invoice_alone_is_put_in(book: Workspace) -> None:
    tell(book, invoice("I-9", "812.45", "170.61", issuer="Elsewhere"))
    told = found(book, "7425.87", "ledger")
    assert [(step.reason, step.amount) for step in told.steps] == [("tax", Decimal("170.61"))]


def test_a_scope_that_is_not_there_is_answered_with_what_is(book: Workspace) -> None:
    dataset = book.dataset()
    told = difference.read_scopes(dataset, ["search", "SubAccountName=ADS", "shop"])
    assert told == (("x_Team", "search"), ("SubAccountName", "ads"), ("SubAccountName", "shop"))
    for text in ("serch", "team=serch"):
        with pytest.raises(UsageError) as refused:
            difference.read_scopes(dataset, [text])
        assert refused.value.remedy == "Perhaps search."


def test_a_source_that_is_none_is_refused(book: Workspace) -> None:
    with pytest.raises(UsageError, match="no source"):
        found(book, "1", "dream")


KINDS = tuple(kind.name for kind in choices.KINDS if not kind.added)
HOURS = 30 * 24


@st.composite
def books(draw: st.DrawFn) -> tuple[Row, ...]:
    """Rows of three accounts in two currencies, of every kind, in and around April."""
    seed = random.Random(draw(st.integers(0, 2**32)))
    return tuple(
        Row(
            places=(f"t{seed.randrange(2)}", f"a{seed.randrange(3)}"),
            currency=seed.choice(["USD", "USD", "EUR"]),
            kinds=frozenset(seed.sample(KINDS, seed.choice([0, 0, 0, 1]))),
            billed_here=(here := seed.random() < 0.9),
            moment=seed.randrange(0 if not here else -240, HOURS, 6),
            amounts=tuple(Decimal(seed.randrange(-(10**6), 10**7)).scaleb(-4) for _ in range(4)),
        )
        for _ in range(seed.randrange(30, 60))
    )


RATES = {"USD": Decimal(1), "EUR": Decimal("1.1234")}
OTHER_RATES = {"USD": Decimal(1), "EUR": Decimal("1.2017")}


def side(book: tuple[Row, ...]) -> Side:
    """A book with every choice, converted at one of two rates."""
    exchanges = tuple(
        choices.Exchange(said, lambda number, currency, r=rates: number * r[currency])  # type: ignore[misc]
        for said, rates in (("", RATES), ("At another rate", OTHER_RATES))
    )
    told = Choices(
        parts=choices.parts(("x_Team", "SubAccountName"), (row.places for row in book), ()),
        bases=choices.bases("EffectiveCost", Axis.CHARGE),
        kinds=choices.KINDS,
        cuts=choices.cuts(APRIL),
        exchanges=exchanges,
    )
    return Side(Table(book, told), ())


def added_up(book: tuple[Row, ...], planted: dict[str, Any]) -> Decimal:
    """The number of somebody who counts so, row by row."""
    rates = OTHER_RATES if "FX" in planted else RATES
    cost = 1 if "basis" in planted else 0
    numbers = []
    for row in book:
        inside = row.billed_here if "axis" in planted else 0 <= row.moment < HOURS
        of = planted.get("scope", row.places[1]) == row.places[1]
        if inside and of and not planted.get("kind", frozenset()) & row.kinds:
            numbers.append(row.amounts[cost] * rates[row.currency])
    return total(numbers)


PLANTS: dict[str, Any] = {
    "basis": True,
    "axis": True,
    "FX": True,
    "scope": "a1",
    "kind": frozenset({"tax"}),
}


@settings(max_examples=examples(30))
@given(books(), st.sampled_from(list(combinations(PLANTS, 2)) + [(one,) for one in PLANTS]))
def test_one_or_two_planted_differences_are_found_and_foot(
    book: tuple[Row, ...], names: tuple[str, ...]
) -> None:
    planted = {name: PLANTS[name] for name in names}
    number, start = added_up(book, planted), added_up(book, {})
    # Each of them must move the number, or it is no difference.
    for name in names:
        rest = {other: planted[other] for other in names if other != name}
        assume(added_up(book, rest) != number)
    one = side(book)
    assert one.table.number(Setting()) == start
    told = Given(number, Decimal("0.00000005"))
    assume(abs(number - start) > told.tolerance)
    ways_found, _ = ways([one], told)
    wanted = {"tax" if name == "kind" else name for name in names}
    every = [{str(step.reason) for step in way.steps} for way in ways_found]
    assert every
    assert wanted in every or min(map(len, every)) <= len(wanted)
    for way in ways_found:
        assert total((start, *(step.amount for step in way.steps), way.remainder)) == number


@settings(max_examples=examples(30))
@given(books(), st.integers(0, 2**32))
def test_a_random_amount_is_hardly_ever_explained(book: tuple[Row, ...], seed: int) -> None:
    one, luck = side(book), random.Random(seed)
    start = float(one.table.number(Setting()))
    told = [
        Given(Decimal(f"{start * luck.uniform(0.5, 1.5):.2f}"), Decimal("0.005")) for _ in range(3)
    ]
    assert sum(bool(ways([one], each)[0]) for each in told) <= 1
