"""What a reconciliation says, and walks that add up to the last digit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.invoicing import Reconciliation
from finops.invoicing.bridge import Step
from finops.invoicing.commitments import Ledger
from finops.invoicing.commitments import LedgerStatus
from finops.invoicing.differences import Difference
from finops.invoicing.differences import Reason
from finops.invoicing.prepaid import Change
from finops.invoicing.prepaid import Prepaid
from finops.invoicing.reconciliation import Match
from finops.invoicing.reconciliation import Status
from finops.portal import ties

CENT = Decimal("0.01")
amounts = st.decimals(-(10**9), 10**9, places=18, allow_nan=False, allow_infinity=False)
NOTHING = Decimal(0)


def match(
    billed: str | Decimal = "10",
    *named: tuple[str, Decimal],
    unexplained: Decimal = NOTHING,
    status: Status = Status.EXPLAINED,
    currency: str = "USD",
) -> Match:
    """An invoice whose difference is what is named and what is not."""
    difference = total((*(amount for _, amount in named), unexplained))
    return Match(
        issuer="Cloud",
        invoice_id="I-1",
        account="",
        currency=currency,
        invoiced=total((Decimal(billed), difference)),
        billed=Decimal(billed),
        difference=difference,
        explained=tuple(Difference(reason=name, amount=amount) for name, amount in named),
        unexplained=unexplained,
        status=status,
    )


def month(*matches: Match, state: str = "provisional", closing: int = 0) -> Reconciliation:
    """April with these invoices, and a commitment that is left with `closing`."""
    ledger = Ledger(
        id="sp-1",
        currency="USD",
        opening=NOTHING,
        purchased=NOTHING,
        used=NOTHING,
        unused=NOTHING,
        refunded=NOTHING,
        closing=Decimal(closing),
        utilization=None,
        status=LedgerStatus.MATCHED if closing >= 0 else LedgerStatus.UNEXPLAINED,
    )
    steps = (("Billed", "5"), ("Tax timing", "0"), ("Commitment used", "2"), ("Effective", "7"))
    return Reconciliation(
        period=BillingPeriod(2026, 4),
        state=state,
        snapshot="1-a",
        invoices=matches,
        bridge=tuple(Step("USD", name, Decimal(amount)) for name, amount in steps),
        commitments=(ledger,),
    )


WRONG = match(unexplained=Decimal("-3.50"), status=Status.UNEXPLAINED)
ALSO = match(unexplained=Decimal(4), status=Status.UNEXPLAINED, currency="EUR")
BARE = match(status=Status.NO_INVOICE)
EMPTY = match("0", status=Status.NO_USAGE, unexplained=Decimal(9))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_month_ties_only_when_nothing_is_unexplained() -> None:
    assert plain(ties.sentence(month(match(), state="reconciled"))).startswith(
        "**April 2026 ties:** 1 of 1 invoice tied; nothing is open; nothing is unexplained."
    )
    so_far = plain(ties.sentence(month(match(), BARE)))
    assert (
        "ties so far:** 1 of 1 invoice tied; 10.00 USD of Cloud billed without an invoice" in so_far
    )


def test_amounts_of_two_currencies_are_told_apart_and_never_cancel() -> None:
    told = plain(ties.sentence(month(WRONG, match(unexplained=Decimal("3.50")), ALSO)))
    assert "does not tie: 4.00 EUR and 7.00 USD unexplained" in told


def test_what_is_open_is_named() -> None:
    assert "1 invoice without charges" in ties.sentence(month(EMPTY))


def test_a_missing_delivery_is_said_first_and_is_not_reconciled() -> None:
    missing = Difference(
        reason=Reason.MISSING_ACCOUNT, amount=Decimal(9), evidence=(("BillingAccountId", "42"),)
    )
    partly = replace(match(), explained=(missing,))
    found = month(match(), partly)
    told = plain(ties.sentence(found))
    assert told.startswith("**April 2026 is not complete, a delivery is missing:** 1 of 2 invoices")
    assert "no charges of account 42, for which 9.00 USD is invoiced" in told
    assert "State: provisional." in told
    standing = ties.standing(found)
    assert standing.text == "April 2026: provisional, a delivery is missing"
    assert standing.color == "orange"


def test_a_commitment_that_used_more_than_it_had_keeps_the_month_from_tying() -> None:
    told = ties.sentence(month(match(), closing=-1))
    assert "does not tie" in told
    assert "1 commitment ledger does not tie" in told
    assert ties.standing(month(match(), closing=-1)).color == "red"


def test_the_seal_says_how_far_a_month_is() -> None:
    said = [
        ties.standing(found).text.removeprefix("April 2026: ")
        for found in (
            month(state="open"),
            month(match()),
            month(match(), state="reconciled"),
            month(WRONG),
        )
    ]
    assert [plain(text) for text in said] == [
        "open, not yet reconciled",
        "provisional, ties so far",
        "reconciled, it ties",
        "does not tie, 3.50 USD unexplained",
    ]


def test_who_must_look_looks_first() -> None:
    order = ties.worst_first(month(match(), BARE, WRONG))
    assert [one.status for one in order] == [
        Status.UNEXPLAINED,
        Status.NO_INVOICE,
        Status.EXPLAINED,
    ]
    assert ties.currencies(month(match(), ALSO)) == ("EUR", "USD")


@given(
    st.lists(
        st.tuples(amounts, st.lists(st.tuples(st.sampled_from(Reason), amounts)), amounts),
        max_size=5,
    )
)
def test_from_invoiced_to_billed_every_step_adds_up(
    books: list[tuple[Decimal, list[tuple[str, Decimal]], Decimal]],
) -> None:
    found = month(*(match(billed, *named, unexplained=left) for billed, named, left in books))
    start, *steps, end = ties.by_name(found, "USD")
    assert total((start.amount, *(step.amount for step in steps))) == end.amount
    assert len({step.name for step in steps}) == len(steps)


def test_the_bridge_leaves_out_steps_of_nothing_and_still_adds_up() -> None:
    start, *steps, end = ties.bridge(month(), "USD")
    assert [step.name for step in steps] == ["Commitment used"]
    assert total((start.amount, *(step.amount for step in steps))) == end.amount
    assert ties.bridge(month(), "EUR") == ()


def test_list_to_effective_leaves_out_steps_of_nothing_too() -> None:
    steps = (("List", "9"), ("Tax", "0"), ("Spot", "-2"), ("Effective", "7"))
    priced = tuple(Step("USD", name, Decimal(amount)) for name, amount in steps)
    told = ties.prices(replace(month(), prices=priced), "USD")
    assert [step.name for step in told] == ["List", "Spot", "Effective"]


def rolled(residual: str = "0", *, unknown: tuple[str, ...] = ()) -> Prepaid:
    """A month in which 220 was prepaid, and 2 of tax are for later."""
    numbers = map(Decimal, ("349", "127", "220", "2", "0", residual))
    names = ("billed", "effective", "prepaid", "tax_timing", "other_months", "residual")
    return Prepaid(
        currency="USD",
        commitments=1,
        not_known=unknown,
        opening=NOTHING,
        purchased=Decimal(300),
        used=Decimal(70),
        unused=Decimal(10),
        refunded=NOTHING,
        closing=Decimal(220),
        check=Change(**dict(zip(names, numbers, strict=True))),
    )


def test_the_balance_says_what_billed_less_effective_is_made_of() -> None:
    told = plain(ties.balance(rolled()))
    assert told.startswith("Billed 349.00 USD less effective 127.00 USD: prepaid +220.00 USD")
    assert told.endswith("nothing is left.")
    assert "+5.00 USD is UNEXPLAINED" in plain(ties.balance(rolled("5")))


def test_commitments_that_are_not_in_the_balance_are_named() -> None:
    told = ties.balance(rolled(unknown=("sp-1", "sp-2")))
    assert told.endswith("Not in the balance, opening not known: 2 (sp-1 and sp-2).")
