from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.core.dimension import Dimension
from finops.core.dimension import ledger
from finops.core.dimension import Origin
from finops.core.fiscal import FiscalCalendar
from finops.core.fiscal import Pattern
from finops.core.fiscal import Weekday
from finops.core.fiscal import YearEnd
from finops.core.organization import CostCenter
from finops.core.organization import EMPTY
from finops.core.organization import GeneralLedgerAccount
from finops.core.organization import Organization
from finops.core.organization import Person
from finops.core.organization import Product
from finops.core.organization import Team
from finops.errors import InputError

MARKET: dict[str, Any] = {
    "name": "Market",
    "reporting_currency": "EUR",
    "fiscal_calendar": {"start_month": 4, "pattern": "months"},
    "teams": [
        {
            "id": "search",
            "name": "Search",
            "lead": "ana",
            "cost_center": "CC-110",
            "product": "shop",
        },
    ],
    "people": [{"id": "ana", "name": "Ana", "email": "ana@example.com", "team": "search"}],
    "products": [{"id": "shop", "name": "Shop", "owner": "ana"}],
    "environments": ["prod", "dev"],
    "cost_centers": [
        {"id": "CC-100", "name": "Commerce", "parent": None},
        {"id": "CC-110", "name": "Storefront", "parent": "CC-100", "owner": "ana"},
    ],
    "general_ledger_accounts": [
        {"id": "6100", "name": "Cloud usage", "charge_categories": ["Usage", "Purchase"]},
    ],
    "sprint_calendars": [
        {"team": "search", "start": "2026-09-28", "days": 14, "pattern": "S{year}-{place:02}"},
    ],
    "dimensions": {
        "x_Team": {
            "tags": ["team", "owner-team"],
            "sub_accounts": {"222222222222": "search"},
            "values": {"searchteam": "search"},
        },
        "x_CostCenter": {"from": {"dimension": "x_Team", "values": {"search": "CC-110"}}},
        "x_Region": {"values": {"eu": "Europe"}},
    },
}

texts = st.text("abc-_ é=+", min_size=1, max_size=8).map(str.strip).filter(bool)
optional = st.none() | texts
maps = st.dictionaries(texts, texts, max_size=3)


@st.composite
def organizations(draw: st.DrawFn) -> Organization:
    """Organizations of unrelated names: what people write without any reference."""
    ids = st.lists(texts, max_size=3, unique=True)
    accounts = tuple(
        GeneralLedgerAccount(id=name, name=draw(texts), charge_categories=(f"{name} {place}",))
        for place, name in enumerate(draw(ids))
    )
    own = ("x_Team", "x_Product", "x_Environment", "x_CostCenter", "x_Region")
    written = [
        Dimension(
            name=name,
            tags=tuple(draw(ids)),
            sub_accounts=draw(maps) if name == "x_Region" else {},
            values=draw(maps) if name == "x_Region" else {},
            origin=Origin(dimension="x_Team")
            if name == "x_Region" and draw(st.booleans())
            else None,
        )
        for name in own
    ]
    return Organization(
        name=draw(texts | st.just("")),
        reporting_currency=draw(st.sampled_from(["USD", "EUR", "JPY"])),
        fiscal_calendar=draw(
            st.builds(
                FiscalCalendar,
                start_month=st.integers(1, 12),
                pattern=st.sampled_from(Pattern),
                year_end=st.sampled_from(YearEnd),
                week_ends_on=st.sampled_from(Weekday),
            )
        ),
        teams=tuple(Team(id=name, name=draw(texts)) for name in draw(ids)),
        people=tuple(Person(id=name, name=name, email=draw(optional)) for name in draw(ids)),
        products=tuple(Product(id=name, name=draw(texts)) for name in draw(ids)),
        environments=tuple(draw(ids)),
        cost_centers=tuple(CostCenter(id=name, name=draw(texts)) for name in draw(ids)),
        general_ledger_accounts=accounts,
        dimensions=(*written, ledger(accounts)),
    )


def changed(**parts: object) -> dict[str, object]:
    return MARKET | parts


@given(organizations())
def test_an_organization_is_read_back_as_it_was_written(organization: Organization) -> None:
    assert Organization.from_mapping(organization.to_mapping()) == organization


def test_an_organization_is_read_as_people_write_it() -> None:
    market = Organization.from_mapping(MARKET)
    assert market.fiscal_calendar == FiscalCalendar(start_month=4)
    assert market.teams == (
        Team(id="search", name="Search", lead="ana", cost_center="CC-110", product="shop"),
    )
    assert Organization.from_mapping(market.to_mapping()) == market
    assert hash(Organization.from_mapping(MARKET)) == hash(market)


def test_dimensions_keep_their_order_and_the_own_ones_are_always_there() -> None:
    market = Organization.from_mapping(MARKET)
    assert [dimension.name for dimension in market.dimensions] == [
        "x_Team",
        "x_CostCenter",
        "x_Region",
        "x_Product",
        "x_Environment",
        "x_GeneralLedgerAccount",
    ]
    cost_center = market.dimensions[1]
    assert cost_center.origin == Origin(dimension="x_Team", values={"search": "CC-110"})


def test_the_ledger_account_follows_the_charge_category() -> None:
    origin = Organization.from_mapping(MARKET).dimensions[-1].origin
    booked = {"Usage": "6100", "Purchase": "6100"}
    assert origin == Origin(dimension="ChargeCategory", values=booked)


def test_an_organization_of_which_nothing_is_known_reports_dollars_from_january() -> None:
    assert Organization.from_mapping({}) == EMPTY
    assert Organization.from_mapping(EMPTY.to_mapping()) == EMPTY
    assert EMPTY.reporting_currency == "USD"
    assert EMPTY.fiscal_calendar.start_month == 1
    assert len(EMPTY.dimensions) == 5


def test_what_says_nothing_is_not_written() -> None:
    assert set(EMPTY.to_mapping()) == {"reporting_currency", "fiscal_calendar", "dimensions"}


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"reporting_curency": "USD"}, "reporting_curency: nothing of this name is known here"),
        ({"reporting_currency": "usd"}, "reporting_currency: 'usd' is not a currency code"),
        (
            {"fiscal_calendar": {"start_month": 13}},
            "fiscal_calendar.start_month: 13 is not a month",
        ),
        (
            {"fiscal_calendar": {"start_month": "4"}},
            "fiscal_calendar.start_month: '4' is not a whole",
        ),
        ({"fiscal_calendar": {"pattern": "4-4-4"}}, "fiscal_calendar.pattern: '4-4-4' is none of"),
        ({"fiscal_calendar": {"start": 4}}, "fiscal_calendar.start: nothing of this name"),
        ({"teams": [{"id": "a"}]}, "teams[0].name: a text must stand here."),
        (
            {"general_ledger_accounts": [{"id": 6100, "name": "x"}]},
            "general_ledger_accounts[0].id: ",
        ),
        ({"dimensions": {"Team": {}}}, "dimensions.Team: an own dimension is named x_"),
        ({"dimensions": {"x_Team": {"tag": ["team"]}}}, "dimensions.x_Team.tag: nothing of this"),
        ({"dimensions": {"x_GeneralLedgerAccount": {}}}, "dimensions.x_GeneralLedgerAccount: this"),
        (
            {"dimensions": {"x_Team": {"sub_accounts": {222222222222: "search"}}}},
            "dimensions.x_Team.sub_accounts.222222222222: 222222222222 is not a text; write it in",
        ),
        (
            {"dimensions": {"x_Region": {"from": {"values": {}}}}},
            "dimensions.x_Region.from.dimension",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_path(part: dict[str, object], said: str) -> None:
    with pytest.raises(InputError) as refused:
        Organization.from_mapping(changed(**part))
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("teams", "said"),
    [
        (["nobody"], r"sprint_calendars\[0\].team: 'nobody' is not declared in teams"),
        (["search", "search"], r"sprint_calendars\[1\].team: 'search' stands here a second time"),
    ],
)
def test_a_sprint_calendar_is_of_one_team_that_there_is(teams: list[str], said: str) -> None:
    told = [{"team": team, "start": "2026-09-28"} for team in teams]
    with pytest.raises(InputError, match=said):
        Organization.from_mapping(MARKET | {"sprint_calendars": told})
