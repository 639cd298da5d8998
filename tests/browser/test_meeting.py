"""One whole review meeting of the demo company: four people, four browsers, one record."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from datetime import datetime
from datetime import UTC
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from playwright.sync_api import TimeoutError  # noqa: A004 -- the browser's own

from finops.access.workspace import open_workspace
from finops.demo.open import open_demo
from finops.operations.actions import Action
from finops.operations.commentary import Commentary
from finops.operations.decisions import Decision
from finops.operations.entries import log_of
from finops.operations.minutes import Minutes
from finops.operations.outcomes import Outcome
from finops.operations.review import Attendance
from finops.operations.review import Presence
from tests.browser.conftest import drawn
from tests.browser.conftest import served

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator
    from playwright.sync_api import Page

    from tests.browser.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

TODAY, LATER = date(2026, 11, 21), date(2026, 12, 22)
PEOPLE = {
    "finance": "Helen Archer",
    "engineering": "Amara Okafor",
    "product": "Mei Tanaka",
    "leadership": "Victor Salas",
}
KEEP = "Put it on the record"
SCOPE = "x_Team=checkout"
LONGEST = 30
"""The seconds in which a decision is captured by keyboard."""


class Seat:
    """One person before one browser."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name

    def view(self, name: str) -> Locator:
        """One view of the page."""
        return self.page.locator(f".st-key-view-{name}")

    def fill(self, view: str, label: str, text: str) -> None:
        """Type into a field and leave it."""
        field = self.view(view).get_by_label(label, exact=True).locator("visible=true")
        field.fill(text)
        field.blur()
        drawn(self.page)
        expect(field).to_have_value(text)

    def press(self, view: str, label: str) -> None:
        """Press a button of a view."""
        self.view(view).get_by_role("button", name=label, exact=True).click()
        drawn(self.page)

    def tick(self, view: str, label: str) -> None:
        """Choose one of a few."""
        self.view(view).get_by_role("radiogroup").get_by_text(label, exact=True).click()
        drawn(self.page)

    def pick(self, view: str, label: str, text: str) -> None:
        """Choose from a list that is clicked open; a run that ends just then closes it."""
        option = self.page.get_by_role("option", name=text).first
        for _ in range(5):
            drawn(self.page)
            self.view(view).get_by_role("combobox", name=label).click()
            try:
                option.click(timeout=5_000)
                break
            except TimeoutError:
                continue
        drawn(self.page)

    def go(self, phase: str) -> None:
        """Prepare, hold or follow up."""
        self.view("steps").get_by_role("radio", name=phase).click()
        drawn(self.page)

    def sees(self, view: str, text: str) -> None:
        """What others wrote is there without a click."""
        expect(self.view(view).get_by_text(text).first).to_be_visible()


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The last months of the demo company, its next meeting prepared."""
    root = tmp_path_factory.mktemp("company")
    at = datetime(2026, 11, 21, 9, tzinfo=UTC)
    open_demo(root, today=TODAY, at=at, months=5)[0].close()
    return root


def test_four_people_hold_a_whole_meeting_and_the_next_one_opens_with_what_it_brought(
    company: Path, open_page: Open
) -> None:
    with ExitStack() as stack:
        seats = {
            role: Seat(open_page(f"{stack.enter_context(served(company, who=name))}/review"), name)
            for role, name in PEOPLE.items()
        }
        prepare(seats)
        hold(seats)
        follow_up(seats)
        for seat in seats.values():
            seat.page.context.close()
    held = on_record(company)
    with served(company, who="Helen Archer", today=str(LATER)) as address:
        seat = Seat(open_page(f"{address}/review"), "Helen Archer")
        plan_the_next(seat)
        seat.page.context.close()
    workspace = open_workspace(company)
    scored = log_of(workspace).of(Outcome)
    assert sorted(str(one.result) for one in scored) == ["hit", "miss", "partial"]
    assert {one.meeting for one in scored} != {held}
    workspace.close()


def prepare(seats: dict[str, Seat]) -> None:
    """The agenda is there; who was asked answers, and the others read it at once."""
    for seat in seats.values():
        expect(seat.page.get_by_text("The October review is on 24 Nov")).to_be_visible()
        seat.sees("steps", "What we do")
    engineer, product = seats["engineering"], seats["product"]
    for seat, team, cause in (
        (engineer, "checkout", "Orders grew"),
        (product, "payments", "The ledger moved"),
    ):
        seat.pick("requests", "Request", f"{team}, ")
        seat.fill("requests", "What is the cause?", cause)
        seat.tick("requests", "one-off")
        seat.press("requests", "Answer")
        expect(seat.view("requests").get_by_text("is on the record")).to_be_visible()


def hold(seats: dict[str, Seat]) -> None:
    """Item by item; three decisions and five actions by different people; one conflict merged."""
    for seat in seats.values():
        seat.go("Hold")
    finance, engineer = seats["finance"], seats["engineering"]
    attend(finance)
    finance.press("room", "Begin the meeting")
    engineer.sees("room", "Item 1 of")
    capture(engineer, "Do we need the old streams?", "Delete them", "-900")
    capture(seats["product"], "Is the image store too dear?", "Move old images", "-700")
    capture(seats["leadership"], "Who owns the rest?", "Platform does", "-500")
    finance.sees("deciding", "Platform does")
    clash(engineer, seats["product"])
    for role, title in (
        ("finance", "Ask for the missing invoice"),
        ("engineering", "Delete the streams"),
        ("product", "List the old images"),
        ("leadership", "Name an owner"),
        ("finance", "Agree on a budget"),
    ):
        agree(seats[role], title)
    finance.press("room", "Next item")
    seats["leadership"].sees("room", "Item 2 of")


def attend(seat: Seat) -> None:
    """Note that all four are here."""
    here = seat.view("steps").get_by_role("combobox", name="Who is here?")
    for name in PEOPLE.values():
        here.click()
        here.fill(name)
        seat.page.get_by_role("option", name=name).first.click()
        here.press("Escape")
        drawn(seat.page)


def capture(seat: Seat, question: str, choice: str, amount: str) -> None:
    """Put a decision on the record by keyboard alone, and in time."""
    keys, begun = seat.page.keyboard, perf_counter()
    seat.view("deciding").get_by_label("Question", exact=True).focus()
    keys.type(question, delay=40)
    keys.press("Tab")
    keys.type(choice, delay=40)
    for text in ("", seat.name, amount, SCOPE):
        keys.press("Tab")
        if text:
            keys.press("Control+A")
            keys.type(text, delay=20)
    while not seat.page.evaluate(f"document.activeElement.innerText == '{KEEP}'"):
        keys.press("Tab")
    drawn(seat.page)
    keys.press("Enter")
    expect(seat.view("deciding").get_by_text("is on the record")).to_be_visible()
    assert perf_counter() - begun < LONGEST


def clash(first: Seat, second: Seat) -> None:
    """Both edit one decision at once; who is later sees both texts and keeps them."""
    for seat, words in ((first, "Delete them in March"), (second, "Delete them after the audit")):
        seat.pick("deciding", "Decision", "Delete them")
        seat.fill("deciding", "What was chosen?", words)
    first.press("deciding", KEEP)
    expect(first.view("deciding").get_by_text("is on the record")).to_be_visible()
    second.press("deciding", KEEP)
    expect(second.view("deciding").get_by_text("while you were writing")).to_be_visible()
    second.sees("deciding", "Delete them in March")
    second.press("deciding", "Keep the words of both")
    first.sees("deciding", "Delete them after the audit")


def agree(seat: Seat, title: str) -> None:
    """Agree on an action of one's own."""
    seat.fill("agreeing", "What is to be done?", title)
    seat.fill("agreeing", "Who does it?", seat.name)
    seat.press("agreeing", "Agree on it")
    expect(seat.view("agreeing").get_by_text("is on the record")).to_be_visible()


def follow_up(seats: dict[str, Seat]) -> None:
    """The minutes are seen, and made final by whoever runs the meeting."""
    seat = seats["finance"]
    seat.go("Follow up")
    seat.view("minutes").get_by_text("A preview of the minutes").click()
    seat.sees("minutes", "Delete them in March")
    seat.press("minutes", "Make the minutes final")
    expect(seat.view("minutes").get_by_text("The minutes are final:")).to_be_visible()
    seat.sees("minutes", "SHA-256")


def on_record(company: Path) -> str:
    """What the four left on the record, in whose name; the meeting's key."""
    workspace = open_workspace(company)
    log = log_of(workspace)
    held = log.of(Minutes)[-1].key
    decided, agreed = log.of(Decision, held), log.of(Action, held)
    assert (len(decided), len({one.owner for one in decided})) == (3, 3)
    assert (len(agreed), len({one.by for one in agreed})) == (5, 4)
    assert all(one.answered for one in log.of(Commentary, held))
    here = [one for one in log.of(Attendance, held) if one.presence is Presence.PRESENT]
    assert {one.person for one in here} == set(PEOPLE.values())
    text = log.of(Minutes)[-1].markdown
    assert all(one.title in text for one in agreed)
    workspace.close()
    return held


def plan_the_next(seat: Seat) -> None:
    """A month later the next meeting opens with what was decided: one hit, half, one missed."""
    seat.press("minutes", "Plan the next meeting")
    expect(
        seat.page.get_by_text("3 earlier decisions scored: 1 hit, 1 partial, 1 miss")
    ).to_be_visible()
    seat.go("Hold")
    seat.press("room", "Begin the meeting")
    seat.sees("room", "What earlier decisions brought: 1 hit, 1 partial, 1 miss")
