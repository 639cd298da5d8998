"""Which own dimensions a charge has: tags under normalized keys, then account, then origin."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.core.condition import normalized
from finops.core.organization import Organization
from finops.dataset import mapped
from finops.dataset.engine_duckdb import workbench
from finops.dataset.mapped import Terms
from finops.errors import InputError
from finops.focus.normalize import TAG_MAP
from finops.focus.normalize import text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COLUMNS = ("InvoiceIssuerName", "SubAccountId", "ChargeCategory", "Tags")


def told(
    root: Path,
    organization: Mapping[str, object],
    tags: object,
    *,
    account: str = "a",
    present: tuple[str, ...] = COLUMNS,
) -> dict[str, object]:
    """The dimensions and the tags of one charge of an organization."""
    tagged = TAG_MAP.format(tags=text(json.dumps(tags)))
    charge = (
        f"SELECT 1::BIGINT AS x_MappingKey, 'Cloud' AS InvoiceIssuerName, "
        f"{text(account)} AS SubAccountId, 'Usage' AS ChargeCategory, {tagged} AS Tags"
    )
    source, target = root / "charges.parquet", root / "mapped.parquet"
    with workbench(root) as engine:
        engine.run(f"COPY ({charge}) TO {text(str(source))} (FORMAT parquet)")
        terms = Terms(organization=Organization.from_mapping(organization).at("2026-05"))
        mapped.write(engine, source, target, terms, present)
        names, rows = engine.table(f"SELECT * FROM {text(str(target))}")
    assert len(rows) == 1
    return dict(zip(names, rows[0], strict=True))


TEAMS = {
    "teams": [{"id": "search", "name": "Search"}, {"id": "data", "name": "Data"}],
    "cost_centers": [{"id": "CC-1", "name": "One"}],
    "general_ledger_accounts": [{"id": "6000", "name": "Cloud", "charge_categories": ["Usage"]}],
    "dimensions": {
        "x_Team": {
            "tags": ["team", "owner"],
            "sub_accounts": {"a": "data"},
            "values": {"Search Team": "search"},
        },
        "x_CostCenter": {"from": {"dimension": "x_Team", "values": {"search": "CC-1"}}},
        "x_Tier": {"tags": ["tier"], "values": {"Gold": "1"}},
    },
}


@pytest.mark.parametrize(
    ("tags", "account", "team"),
    [
        ({"team": "search"}, "z", "search"),
        ({"Team": "SEARCH"}, "z", "search"),
        ({" TEAM ": " Search "}, "z", "search"),
        ({"team": "search team"}, "z", "search"),
        ({"team": "search", "owner": "data"}, "z", "search"),
        ({"owner": "data"}, "z", "data"),
        ({"team": "nobody", "owner": "data"}, "z", "data"),
        ({"team": "", "owner": "data"}, "z", "data"),
        ({"team": "search"}, "a", "search"),
        ({"team": "nobody"}, "a", "data"),
        ({}, "a", "data"),
        ({"team": "nobody"}, "z", "UNALLOCATED"),
        ({"team": "   "}, "z", "UNALLOCATED"),
        ({"team": None}, "z", "UNALLOCATED"),
        ({"teams": "search"}, "z", "UNALLOCATED"),
        ([], "z", "UNALLOCATED"),
        ("no tags", "z", "UNALLOCATED"),
    ],
)
def test_a_team_is_told_by_tag_then_account_and_else_nobody_has_it(
    tmp_path: Path, tags: object, account: str, team: str
) -> None:
    found = told(tmp_path, TEAMS, tags, account=account)
    assert found["x_Team"] == team
    assert found["x_CostCenter"] == ("CC-1" if team == "search" else "UNALLOCATED")
    assert found["x_GeneralLedgerAccount"] == "6000"


def test_a_dimension_without_a_list_may_have_any_value(tmp_path: Path) -> None:
    assert told(tmp_path, TEAMS, {"tier": "GOLD"})["x_Tier"] == "1"
    assert told(tmp_path, TEAMS, {"tier": "Bronze "})["x_Tier"] == "Bronze"
    assert told(tmp_path, TEAMS, {})["x_Tier"] == "UNALLOCATED"


@pytest.mark.parametrize("key", ["cost-center", "Cost_Center", "COST CENTER", " cost-center "])
def test_keys_that_differ_in_case_and_marks_are_one(tmp_path: Path, key: str) -> None:
    found = told(tmp_path, {}, {key: "7"})
    assert found["x_Tags"] == {"cost-center": "7"}
    assert normalized(key) == "cost-center"


def test_of_keys_that_become_one_the_first_that_says_something_holds(tmp_path: Path) -> None:
    found = told(tmp_path, {}, {"team": "  ", "Team": "b", "TEAM": "c"})
    assert found["x_Tags"] == {"team": "b"}


@given(key=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12))
def test_a_key_is_normalized_once_and_for_all(key: str) -> None:
    assert normalized(normalized(key)) == normalized(key)


@pytest.mark.parametrize("key", ["\tteam", "Équipe", "team\n", "a  b", "日本", "x'y", 'x"y', "__"])
def test_the_engine_and_the_question_normalize_alike(tmp_path: Path, key: str) -> None:
    assert told(tmp_path, {}, {key: "v"})["x_Tags"] == {normalized(key): "v"}


def test_values_and_accounts_may_hold_any_mark(tmp_path: Path) -> None:
    organization = {
        "teams": [{"id": 'o\'neill "x" %', "name": "x"}],
        "dimensions": {
            "x_Team": {"tags": ["te'am"], "sub_accounts": {"it's": 'o\'neill "x" %'}},
        },
    }
    team = 'o\'neill "x" %'
    assert told(tmp_path, organization, {}, account="it's")["x_Team"] == team
    assert told(tmp_path, organization, {"te'am": team.upper()})["x_Team"] == team


@pytest.mark.parametrize("missing", COLUMNS)
def test_a_file_without_one_of_the_inputs_is_mapped_by_the_others(
    tmp_path: Path, missing: str
) -> None:
    present = tuple(name for name in COLUMNS if name != missing)
    found = told(tmp_path, TEAMS, {"team": "search"}, present=present)
    assert found["x_Team"] == ("search" if missing != "Tags" else "data")
    ledger = "6000" if missing != "ChargeCategory" else "UNALLOCATED"
    assert found["x_GeneralLedgerAccount"] == ledger


def told_from(column: str) -> Mapping[str, object]:
    """An organization with a dimension that is told from a column."""
    origin = {"dimension": column, "values": {"eu": "Europe"}}
    return {"dimensions": {"x_Area": {"from": origin}}}


@pytest.mark.parametrize("column", ["RegionId", "ServiceName"])
def test_an_origin_that_a_file_does_not_have_gives_nothing(tmp_path: Path, column: str) -> None:
    assert told(tmp_path, told_from(column), {})["x_Area"] == "UNALLOCATED"


@pytest.mark.parametrize("column", ["ServiceCategory", "NoSuchColumn", "Tags; DROP"])
def test_an_origin_that_charges_are_not_mapped_by_is_refused(tmp_path: Path, column: str) -> None:
    with pytest.raises(InputError, match=r"dimensions\.x_Area\.from\.dimension") as error:
        told(tmp_path, told_from(column), {})
    assert "RegionId" in error.value.remedy
