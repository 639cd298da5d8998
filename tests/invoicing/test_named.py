from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.core.amount import total
from finops.invoicing.books import Explained
from finops.invoicing.differences import Case
from finops.invoicing.differences import Findings
from finops.invoicing.differences import Reason
from finops.invoicing.invoices import Invoice
from finops.invoicing.invoices import Line
from finops.invoicing.named import explain
from finops.invoicing.reconciliation import matched
from finops.invoicing.reconciliation import Status
from tests.invoicing.bill import ACCOUNT
from tests.invoicing.bill import ISSUER
from tests.invoicing.bill import MONTH
from tests.invoicing.bill import part
from tests.lanes import examples

if TYPE_CHECKING:
    from finops.invoicing.charged import Slice

CENT = Decimal("0.01")
cents = st.integers(100, 10**7).map(lambda number: number * CENT)


def asking(*lines: Line, number: str = "I-1", **other: object) -> Invoice:
    usual: dict[str, object] = {
        "issuer": ISSUER,
        "account": ACCOUNT,
        "month": MONTH,
        "currency": "USD",
        "rounded": len(lines),
    }
    return Invoice(invoice_id=number, lines=lines, **{**usual, **other})  # type: ignore[arg-type]


def net(amount: str | Decimal, account: str = ACCOUNT) -> Line:
    return Line(category="Net", amount=Decimal(amount), account=account)


def line_of(one: Slice) -> Line:
    return Line(category=one.category, amount=one.billed, account=one.account)


def case(
    invoice: Invoice,
    *mine: Slice,
    around: tuple[Slice, ...] = (),
    invoices: tuple[Invoice, ...] = (),
    explained: tuple[Explained, ...] = (),
) -> Case:
    return Case(
        invoice=invoice,
        mine=mine,
        around=(*mine, *around),
        invoices=(invoice, *invoices),
        explained=explained,
    )


def named(found: Findings) -> list[tuple[str, Decimal]]:
    return [(one.reason, one.amount) for one in found.named]


@st.composite
def books(draw: st.DrawFn) -> tuple[Slice, ...]:
    """A month of one invoice: usage, tax, credits, a correction, late usage and support."""
    usual: list[dict[str, Any]] = [
        {"category": "Usage"},
        {"category": "Tax"},
        {"category": "Credit"},
        {"category": "Usage", "correction": True, "charged": "2026-03"},
        {"category": "Usage", "charged": "2026-02"},
        {"category": "Purchase", "service": "Premium Support"},
    ]
    amounts = draw(st.permutations(_apart(draw(st.lists(cents, min_size=6, max_size=6)))))
    parts = [part(amount, **one) for amount, one in zip(amounts, usual, strict=True)]
    parts[2] = replace(parts[2], billed=-parts[2].billed)
    return tuple(parts)


def _apart(drawn: list[Decimal]) -> list[Decimal]:
    """Amounts of which no few make up another by chance, rounding included.

    Each is more than thrice all before it together, by what was drawn: at least 1.00, which is far
    from the rounding of any invoice's lines.
    """
    amounts: list[Decimal] = []
    for one in drawn:
        amounts.append(3 * total(amounts) + one)
    return amounts


laws = settings(deadline=None, max_examples=examples(60))


@laws
@given(books())
def test_an_invoice_of_all_its_charges_has_no_difference(parts: tuple[Slice, ...]) -> None:
    found = explain(case(asking(*map(line_of, parts)), *parts))
    assert found == Findings(named=(), unexplained=Decimal(0))


@laws
@given(books(), st.integers(0, 5))
def test_a_line_that_is_missing_from_the_providers_lines_is_unexplained(
    parts: tuple[Slice, ...], place: int
) -> None:
    categories = [one.category for one in parts]
    assume(categories.count(parts[place].category) == 1)
    lines = [line_of(one) for one in parts if one != parts[place]]
    found = explain(case(asking(*lines), *parts))
    assert found == Findings(named=(), unexplained=-parts[place].billed)


@laws
@given(books())
def test_charges_that_came_twice_are_unexplained(parts: tuple[Slice, ...]) -> None:
    whole = total(one.billed for one in parts)
    twice = tuple(replace(one, billed=2 * one.billed) for one in parts)
    found = explain(case(asking(net(whole)), *twice))
    if named(found):  # Only evidence of exactly that amount may name it.
        assert total(one.amount for one in found.named) + found.unexplained == -whole
    else:
        assert found.unexplained == -whole


@laws
@given(books())
def test_a_correction_that_came_twice_is_a_correction(parts: tuple[Slice, ...]) -> None:
    whole = total(one.billed for one in parts)
    correction = next(one for one in parts if one.correction)
    twice = tuple(one for one in parts if one != correction)
    found = explain(case(asking(net(whole - correction.billed)), *twice, correction))
    assert named(found) == [(Reason.CORRECTION, -correction.billed)]
    assert found.unexplained == 0


@laws
@given(books())
def test_late_usage_that_is_not_on_the_invoice_is_late_usage(parts: tuple[Slice, ...]) -> None:
    late = next(one for one in parts if one.late)
    whole = total(one.billed for one in parts if one != late)
    found = explain(case(asking(net(whole)), *parts))
    assert named(found) == [(Reason.LATE, -late.billed)]


@laws
@given(books(), cents)
def test_a_credit_at_invoice_level_is_a_credit(parts: tuple[Slice, ...], credit: Decimal) -> None:
    charged = [one for one in parts if one.category != "Credit"]
    lines = [*map(line_of, charged), Line(category="Credit", amount=-credit, account=ACCOUNT)]
    found = explain(case(asking(*lines), *charged))
    assert total(one.amount for one in found.named) == -credit
    assert found.unexplained == 0
    if credit not in {one.billed for one in parts}:
        assert named(found) == [(Reason.CREDIT_MEMO, -credit)]


@laws
@given(books(), cents)
def test_an_account_that_was_not_delivered_is_missing(
    parts: tuple[Slice, ...], amount: Decimal
) -> None:
    lines = [*map(line_of, parts), Line(category="Usage", amount=amount, account="2")]
    found = explain(case(asking(*lines), *parts))
    assert named(found) == [(Reason.MISSING_ACCOUNT, amount)]
    assert found.unexplained == 0


@laws
@given(books())
def test_a_sign_that_was_turned_is_unexplained(parts: tuple[Slice, ...]) -> None:
    usage = parts[0]
    turned = (replace(usage, billed=-usage.billed), *parts[1:])
    found = explain(case(asking(*map(line_of, parts)), *turned))
    assume(not found.named)
    assert found.unexplained == 2 * usage.billed


@laws
@given(books(), cents, st.integers(1, 50))
def test_named_and_unexplained_are_the_whole_difference(
    parts: tuple[Slice, ...], asked: Decimal, rounded: int
) -> None:
    one = case(asking(net(asked), rounded=rounded), *parts)
    found = explain(one)
    assert total(each.amount for each in found.named) + found.unexplained == one.difference
    assert not found.unexplained or abs(found.unexplained) > one.tolerance


def test_a_cent_for_two_lines_is_rounding_and_more_is_not() -> None:
    within = explain(case(asking(net("10.01"), rounded=2), part("10")))
    assert named(within) == [(Reason.ROUNDING, CENT)]
    beyond = explain(case(asking(net("10.02"), rounded=2), part("10")))
    assert beyond == Findings(named=(), unexplained=Decimal("0.02"))


def test_tax_that_is_in_the_charges_is_not_named_again() -> None:
    tax = Line(category="Tax", amount=Decimal(19), account=ACCOUNT)
    found = explain(case(asking(net("100"), tax), part("100"), part("19", category="Tax")))
    assert found == Findings(named=(), unexplained=Decimal(0))


def test_tax_is_not_named_where_the_charges_hold_it_in_their_prices() -> None:
    tax = Line(category="Tax", amount=Decimal(19), account=ACCOUNT)
    found = explain(case(asking(net("100"), tax), part("119")))
    assert found == Findings(named=(), unexplained=Decimal(0))


def test_of_two_names_that_fit_the_first_is_taken_and_the_other_told() -> None:
    late = part("7", charged="2026-03")
    correction = part("7", charged="2026-03", correction=True)
    found = explain(case(asking(net("107")), part("100"), late, correction))
    assert named(found) == [(Reason.CORRECTION, Decimal(-7))]
    assert found.named[0].instead == ("late usage (I-1)",)


def test_a_name_that_fits_exactly_goes_before_one_that_fits_by_rounding() -> None:
    late = part("7", charged="2026-03")
    correction = part("7.004", charged="2026-03", correction=True)
    found = explain(case(asking(net("107.004")), part("100"), late, correction))
    assert named(found) == [(Reason.LATE, Decimal(-7))]


def test_what_a_person_said_stays_with_its_words_and_the_rest_stays_open() -> None:
    said = Explained(
        issuer=ISSUER,
        invoice_id="I-1",
        month=MONTH,
        currency="USD",
        reason="Fee",
        amount=Decimal(4),
        evidence="mail 7",
        actor="fin",
        at="2026-05-04T09:00:00",
    )
    found = explain(case(asking(net("110")), part("100"), explained=(said,)))
    assert named(found) == [("Fee", Decimal(4))]
    assert found.named[0].said == "mail 7 (fin, 2026-05-04)"
    assert found.unexplained == 6


class Defect(NamedTuple):
    """What went wrong with a month, and what should be said of it."""

    case: Case
    status: Status
    buckets: list[tuple[str, Decimal]]


def defects(parts: tuple[Slice, ...], amount: Decimal) -> list[Defect]:
    """Each way in which a delivery or an invoice goes wrong."""
    invoice, whole = asking(*map(line_of, parts)), total(one.billed for one in parts)
    late = parts[4]
    other = Line(category="Usage", amount=amount, account="2")
    dropped, missing = case(invoice), case(asking(*map(line_of, parts), other), *parts)
    early = case(asking(net(whole - late.billed)), *parts)
    tax = Line(category="Tax", amount=amount, account=ACCOUNT)
    untaxed = [one for one in parts if one.category != "Tax"]
    beside = case(asking(net(total(one.billed for one in untaxed)), tax), *untaxed)
    return [  # An account of which nothing is there at all was not delivered.
        Defect(dropped, Status.NO_USAGE, [(Reason.MISSING_ACCOUNT, whole)]),
        Defect(missing, Status.EXPLAINED, [(Reason.MISSING_ACCOUNT, amount)]),
        Defect(early, Status.EXPLAINED, [(Reason.LATE, -late.billed)]),
        Defect(beside, Status.EXPLAINED, [(Reason.TAX, amount)]),
    ]


@laws
@given(books(), cents, st.integers(0, 3))
def test_each_defect_has_its_status_its_name_and_its_amount(
    parts: tuple[Slice, ...], amount: Decimal, which: int
) -> None:
    defect = defects(parts, amount)[which]
    found = matched(defect.case)
    assert (found.status, [(one.reason, one.amount) for one in found.explained]) == (
        defect.status,
        defect.buckets,
    )
    assert found.unexplained == 0


@laws
@given(books())
def test_a_file_that_is_there_but_not_of_this_invoice_leaves_it_without_usage(
    parts: tuple[Slice, ...],
) -> None:
    other = part("1", invoice_id="I-2")
    found = matched(case(asking(*map(line_of, parts)), around=(other,)))
    assert (found.status, found.explained) == (Status.NO_USAGE, ())
    assert found.unexplained == total(one.billed for one in parts)
