from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from finops.demo.book import Book
from finops.demo.company import load_company
from finops.demo.seasons import story
from finops.demo.usage import Site
from finops.demo.usage import site
from finops.demo.usage import usage

MONTHS = story(date(2026, 11, 21))


@pytest.fixture(scope="module")
def here() -> Site:
    return site(load_company(), Book(), 1)


def test_a_resource_is_charged_once_a_day_for_each_price(here: Site) -> None:
    rows = usage(here, "aws", MONTHS[-1])
    rows = rows[rows["resource"] >= 0]
    keys = np.stack([rows["resource"], rows["start"], rows["template"]])
    assert np.unique(keys, axis=1).shape[1] == len(rows)


def test_no_machine_runs_more_than_24_hours_a_day(here: Site) -> None:
    rows = usage(here, "aws", MONTHS[-1])
    meters = here.book.column("SkuMeter")[rows["template"]]
    boxes = np.array(["BoxUsage" in meter for meter in meters])
    assert boxes.any()
    assert rows["quantity"][boxes].max() <= 24 * 10**12


def test_spend_grows_over_the_months(here: Site) -> None:
    first, last = (usage(here, "aws", month)["billed"].sum() for month in (MONTHS[0], MONTHS[-1]))
    assert 1.4 < last / first < 2.6


def test_work_starts_and_ends(here: Site) -> None:
    works = {work.id: work for work in here.company.workloads}
    assert works["payments-old-gateway"].ends == 16
    account = works["payments-old-gateway"].account
    identifier = here.company.accounts[account].id
    for month, there in ((MONTHS[15], True), (MONTHS[16], False)):
        rows = usage(here, "aws", month)
        texts = [here.book.columns(int(place)) for place in np.unique(rows["template"])]
        found = any(
            text["SubAccountId"] == identifier and text["SkuMeter"] == "BoxUsage:m5.2xlarge"
            for text in texts
        )
        assert found is there


def test_machines_are_replaced_in_time(here: Site) -> None:
    early, late = (
        set(usage(here, "aws", month)["resource"].tolist()) for month in (MONTHS[0], MONTHS[-1])
    )
    assert early - late
    assert early & late


def test_hours_and_traffic_of_a_gateway_are_charged_to_one_resource(here: Site) -> None:
    rows = usage(here, "aws", MONTHS[-1])
    meters = here.book.column("SkuMeter")
    told: dict[str, set[str]] = {}
    for row in rows[rows["resource"] >= 0]:
        name = here.book.resources.values[row["resource"]].id
        if "natgateway/" in name:
            told.setdefault(name, set()).add(str(meters[row["template"]]))
    quiet = [name for name, meters in told.items() if len(meters) == 1]
    assert len(told) == 7
    assert [told[name] for name in quiet] == [{"NatGateway-Hours"}]
    both = {"NatGateway-Hours", "NatGateway-Bytes"}
    assert all(told[name] == both for name in told.keys() - set(quiet))
