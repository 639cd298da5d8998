"""One whole review meeting of the demo company: four people, four browsers, one record."""

from __future__ import annotations

import io
import json
from datetime import date
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from hashlib import sha256
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from icalendar import Calendar
from playwright.sync_api import expect
from playwright.sync_api import TimeoutError  # noqa: A004 -- the browser's own
from python_calamine import CalamineWorkbook

from finops.access.roles import Role
from finops.access.users import Change
from finops.access.users import set_user
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
from finops.portal.follow_up import FILES
from tests.browser.conftest import drawn
from tests.browser.conftest import served
from tests.operations.room import by

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator
    from playwright.sync_api import Page

    from tests.browser.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.thorough, pytest.mark.timeout(600)]

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TODAY, LATER = NOW.date(), date(2026, 12, 22)
PEOPLE = {
    Role.FINANCE: "Helen Archer",
    Role.ENGINEER: "Amara Okafor",
    Role.PRODUCT: "Mei Tanaka",
    Role.LEADERSHIP: "Victor Salas",
}
WITHIN = Decimal("0.02")
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
        """Type into a field and leave it; a form that changes just then is typed into again."""
        field = self.view(view).get_by_label(label, exact=True).locator("visible=true")
        for _ in range(3):
            field.fill(text)
            field.blur()
            drawn(self.page)
            if field.input_value() == text:
                break
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
    """The last months of the demo company, its next meeting prepared; four people may come."""
    root = tmp_path_factory.mktemp("company")
    workspace, _ = open_demo(root, today=TODAY, at=NOW, months=4)
    for role, name in PEOPLE.items():
        set_user(workspace.store, **by("admin"), name=name, change=Change(roles=(role,)))
    workspace.close()
    return root


def test_four_people_hold_a_whole_meeting_and_the_next_one_opens_with_what_it_brought(
    company: Path, open_page: Open
) -> None:
    with served(company) as address:
        seats = {
            role: Seat(open_page(f"{address}/review?as={quote(name)}"), name)
            for role, name in PEOPLE.items()
        }
        prepare(seats)
        hold(seats)
        follow_up(seats[Role.FINANCE])
        take_away(seats[Role.FINANCE], address)
        for seat in seats.values():
            seat.page.context.close()
    held = on_record(company)
    with served(company, today=str(LATER)) as address:
        seat = Seat(open_page(f"{address}/review?as={quote(PEOPLE[Role.FINANCE])}"), "Helen Archer")
        plan_the_next(seat)
        seat.page.context.close()
    brought(company, held)


def prepare(seats: dict[Role, Seat]) -> None:
    """The agenda is there; who was asked answers, and the others read it at once."""
    for seat in seats.values():
        expect(seat.page.get_by_text("The October review is on 24 Nov")).to_be_visible()
        seat.sees("steps", "What we do")
    engineer, product = seats[Role.ENGINEER], seats[Role.PRODUCT]
    for seat, team, cause in (
        (engineer, "checkout", "Orders grew"),
        (product, "payments", "The ledger moved"),
    ):
        seat.pick("requests", "Request", f"{team}, ")
        seat.sees("requests", f"Why did October of {team} move by")
        seat.fill("requests", "What is the cause?", cause)
        seat.tick("requests", "one-off")
        seat.press("requests", "Answer")
        expect(seat.view("requests").get_by_text("is on the record")).to_be_visible()


def hold(seats: dict[Role, Seat]) -> None:
    """Item by item; three decisions and five actions by different people; one conflict merged."""
    for seat in seats.values():
        seat.go("Hold")
    finance, engineer = seats[Role.FINANCE], seats[Role.ENGINEER]
    attend(finance)
    finance.press("room", "Begin the meeting")
    engineer.sees("room", "Item 1 of")
    capture(engineer, "Do we need the old streams?", "Delete them", "-900")
    capture(seats[Role.PRODUCT], "Is the image store too dear?", "Move old images", "-700")
    capture(seats[Role.LEADERSHIP], "Who owns the rest?", "Platform does", "-500")
    finance.sees("deciding", "Platform does")
    clash(engineer, seats[Role.PRODUCT])
    for role, title in (
        (Role.FINANCE, "Ask for the missing invoice"),
        (Role.ENGINEER, "Delete the streams"),
        (Role.PRODUCT, "List the old images"),
        (Role.LEADERSHIP, "Name an owner"),
        (Role.FINANCE, "Agree on a budget"),
    ):
        agree(seats[role], title)
    finance.press("room", "Next item")
    seats[Role.LEADERSHIP].sees("room", "Item 2 of")


def attend(seat: Seat) -> None:
    """Note that all four are here, from one list that stays open."""
    here = seat.view("steps").get_by_role("combobox", name="Who is here?")
    here.click()
    for name in PEOPLE.values():
        seat.page.get_by_role("option", name=name).first.click()
        expect(seat.view("steps").get_by_text(name).first).to_be_visible()
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


def follow_up(seat: Seat) -> None:
    """The minutes are seen, and made final by whoever runs the meeting."""
    seat.go("Follow up")
    seat.view("minutes").get_by_text("A preview of the minutes").click()
    seat.sees("minutes", "Delete them in March")
    seat.press("minutes", "Make the minutes final")
    expect(seat.view("minutes").get_by_text("The minutes are final:")).to_be_visible()
    seat.sees("minutes", "SHA-256")


def take_away(seat: Seat, address: str) -> None:
    """Every file that the page offers is fetched in the reader's own session, and opened."""
    files = {}
    for kind, (label, _) in FILES.items():
        link = seat.view("minutes").get_by_role("link", name=label)
        answer = seat.page.request.get(address + str(link.get_attribute("href")))
        assert answer.ok
        assert answer.headers["content-disposition"].endswith(f'.{kind}"')
        files[kind] = answer.body()
    assert sha256(files["md"]).hexdigest()[:12] in seat.view("minutes").inner_text()
    assert "Delete them in March" in files["md"].decode()
    assert files["pdf"].startswith(b"%PDF-")
    table = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"])).get_sheet_by_index(0)
    assert "Delete the streams" in {row[1] for row in table.to_python()}
    days = [str(one["summary"]) for one in Calendar.from_ical(files["ics"]).walk("VEVENT")]
    assert "Delete the streams (Amara Okafor)" in days
    seat.page.set_content(files["html"].decode())
    expect(seat.page.get_by_text("Delete them in March").first).to_be_visible()


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


def brought(company: Path, held: str) -> None:
    """What was scored is the next meeting's, and what the generator's own ledger says."""
    known = {
        fact["question"]["question"]: fact["answer"]
        for fact in json.loads((company / "truth.json").read_text())["facts"]["decisions"]
    }
    workspace = open_workspace(company)
    log = log_of(workspace)
    asked = {one.key: one.question for one in log.of(Decision)}
    scored = {asked[one.key]: one for one in log.of(Outcome)}
    assert scored.keys() == known.keys()
    assert {one.meeting for one in scored.values()} != {held}
    for question, one in scored.items():
        effect = Decimal(known[question]["measured"][one.measured.month]["effect"])
        assert str(one.result) == known[question]["result"]
        assert abs(one.effect - effect) <= abs(one.expected) * WITHIN
    workspace.close()
