"""Mapping rules: the engine finds what reading the rules from the top finds, whatever they are."""

from __future__ import annotations

import json
from typing import Any
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st

from finops.core.condition import all_hold
from finops.core.condition import normalized
from finops.core.mapping import MappingRule
from finops.core.mapping import RuleSet
from finops.core.mapping import Told
from finops.core.organization import Organization
from finops.dataset import mapped
from finops.dataset import ruled
from finops.dataset.engine_duckdb import workbench
from finops.dataset.mapped import Terms
from finops.errors import InputError
from finops.focus.normalize import MAPPING_INPUTS
from finops.focus.normalize import TAG_MAP
from finops.focus.normalize import text
from tests.lanes import examples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.dataset.engine_duckdb import Engine

PLAIN = ("SubAccountId", "SubAccountName", "ServiceName", "ResourceId", "ResourceName")
ORGANIZATION = {
    "teams": [{"id": name, "name": name, "cost_center": f"cc-{name}"} for name in "abc"],
    "cost_centers": [{"id": f"cc-{name}", "name": name} for name in "abc"],
    "dimensions": {
        "x_Team": {"tags": ["team"], "sub_accounts": {"s-1": "c"}},
        "x_CostCenter": {"from": {"dimension": "x_Team"}},
        "x_Tier": {"tags": ["tier"]},
    },
}

words = st.sampled_from(["s-1", "S-2 ", "web-a", "web-b-1", "db_a", "a", "b", "", "-", "é'x"])
charge = st.fixed_dictionaries(
    {name: st.none() | words for name in PLAIN}
    | {"Tags": st.dictionaries(st.sampled_from(["team", "Owner", "tier "]), words, max_size=2)}
)
charges = st.lists(charge, min_size=1, max_size=6)
tests = st.one_of(
    words.filter(str.strip),
    st.lists(words.filter(str.strip), min_size=1, max_size=3),
    st.builds(lambda word: {"prefix": word}, words.filter(str.strip)),
    st.sampled_from([{"regex": "^web"}, {"regex": "[ab]$"}, {"exists": True}, {"exists": False}]),
    st.builds(
        lambda part, word: {"part": part, "by": "-", "equals": word, "aliases": {"B": "a"}},
        st.sampled_from([1, 2, -1]),
        st.sampled_from(["a", "web", "1"]),
    ),
)
sources = st.sampled_from(
    ["sub_account", "sub_account_name", "service", "resource", "resource_name", "tag:owner|team"]
)
values = st.one_of(
    st.sampled_from(["a", "b", "c"]),
    st.builds(
        lambda source, part: {"from": source, "part": part, "by": "-"}, sources, st.integers(1, 2)
    ),
    st.builds(lambda source: {"from": source, "values": {"web-a": "a", "B": "b"}}, sources),
    st.builds(lambda source: {"from": source, "lookup": "table", "column": "team"}, sources),
)
rule_bodies = st.lists(
    st.fixed_dictionaries(
        {
            "when": st.dictionaries(sources, tests, max_size=2),
            "then": st.dictionaries(st.sampled_from(["x_Team", "x_Tier"]), values, min_size=1),
        }
    ),
    max_size=6,
)
TABLE = {"csv": "key,team\nS-1,a\nweb-a,b\ndb_a,c\n"}


def rule_set(bodies: list[dict[str, Any]]) -> RuleSet:
    rules = [{"id": f"r{place}"} | body for place, body in enumerate(bodies)]
    return RuleSet.from_mapping({"rules": rules, "lookups": {"table": TABLE}})


def write(engine: Engine, root: Path, rows: list[dict[str, Any]]) -> Path:
    """Charges as they are staged: one with the same mapping inputs has the same key."""
    told = []
    for number, row in enumerate(rows):
        cells = [
            f"CAST({text(row[name]) if row[name] is not None else 'NULL'} AS VARCHAR) AS {name}"
            for name in PLAIN
        ]
        cells.append(f"{TAG_MAP.format(tags=text(json.dumps(row['Tags'])))} AS Tags")
        told.append(f"SELECT {', '.join(cells)}, {number} AS n")
    inputs = [name for name in MAPPING_INPUTS if name in PLAIN or name == "Tags"]
    key = f"CAST(hash({', '.join(inputs)}) >> 1 AS BIGINT) AS x_MappingKey"
    target = root / "charges.parquet"
    engine.run(
        f"COPY (SELECT *, {key} FROM ({' UNION ALL '.join(told)})) TO {text(str(target))} "
        "(FORMAT parquet)"
    )
    return target


def found(
    engine: Engine, root: Path, rows: list[dict[str, Any]], rules: RuleSet
) -> list[dict[str, Any]]:
    """What the engine maps each charge to, in the order of the charges."""
    source, target = write(engine, root, rows), root / "mapped.parquet"
    terms = Terms(organization=Organization.from_mapping(ORGANIZATION).at("2026-05"), rules=rules)
    mapped.write(engine, source, target, terms, (*PLAIN, "Tags"))
    own = (*terms.organization.own_dimensions, *mapped.columns_of(rules))
    asked = mapped.joined(
        f"read_parquet({text(str(source))})",
        f"read_parquet({text(str(target))})",
        own,
        on="x_MappingKey",
        resources="ResourceId, ResourceName" if rules.by_resource else "",
    )
    names, lines = engine.table(f"SELECT * FROM ({asked}) ORDER BY n")
    return [dict(zip(names, line, strict=True)) for line in lines]


def decided(
    rules: RuleSet, row: dict[str, Any], dimension: str
) -> tuple[str | None, MappingRule | None]:
    """The value and the rule of a dimension, by reading the rules from the top."""
    tags: dict[str, str] = {}
    for key, value in row["Tags"].items():
        if value.strip():
            tags.setdefault(normalized(key), value)
    for rule in rules.rules:
        if dimension in rule.dimensions and all_hold(rule.when, row, tags):
            said = said_by(rules, dict(rule.then)[dimension], row, tags)
            if said is not None and (dimension != "x_Team" or said in {"a", "b", "c"}):
                return said, rule
    return None, None


def said_by(
    rules: RuleSet, value: str | Told, row: dict[str, Any], tags: dict[str, str]
) -> str | None:
    if isinstance(value, str):
        return value
    read = value.source.text(row, tags)
    return dict(rules.table(value)).get(read or "") if value.lookup or value.values else read


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with workbench(tmp_path_factory.mktemp("engine"), threads=1) as opened:
        yield opened


@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=charges, bodies=rule_bodies)
def test_for_each_dimension_the_first_rule_that_matches_decides(
    engine: Engine, tmp_path: Path, rows: list[dict[str, Any]], bodies: list[dict[str, Any]]
) -> None:
    rules = rule_set(bodies)
    told = found(engine, tmp_path, rows, rules)
    assert len(told) == len(rows)
    for row, mapped_to in zip(rows, told, strict=True):
        for dimension in rules.dimensions:
            value, rule = decided(rules, row, dimension)
            assert mapped_to[mapped.rule_of(dimension)] == (rule.id if rule else None)
            if value:
                assert mapped_to[dimension] == value
        team = mapped_to["x_Team"]
        cost_center = "UNALLOCATED" if team == "UNALLOCATED" else f"cc-{team}"
        assert mapped_to["x_CostCenter"] == cost_center


@settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=charges, order=st.permutations(["s-1", "s-2", "web-a", "a"]))
def test_rules_that_never_meet_may_stand_in_any_order(
    engine: Engine, tmp_path: Path, rows: list[dict[str, Any]], order: list[str]
) -> None:
    bodies = [
        {"when": {"sub_account": word}, "then": {"x_Team": "abc"[len(word) % 3], "x_Tier": word}}
        for word in order
    ]
    own = ("x_Team", "x_Tier", "x_CostCenter")
    straight = found(engine, tmp_path, rows, rule_set(bodies))
    sorted_ = found(engine, tmp_path, rows, rule_set(sorted(bodies, key=str)))
    assert [[one[name] for name in own] for one in straight] == [
        [one[name] for name in own] for one in sorted_
    ]


@given(bodies=rule_bodies)
def test_a_rule_set_is_read_back_as_it_was_written(bodies: list[dict[str, Any]]) -> None:
    rules = rule_set(bodies)
    again = RuleSet.from_mapping(json.loads(json.dumps(rules.to_mapping())))
    assert again == rules
    assert again.digest == rules.digest


def test_a_pattern_that_the_engine_cannot_read_is_refused_by_the_rule_it_is_in(
    engine: Engine,
) -> None:
    rules = rule_set([{"when": {"service": {"regex": "(?a:x)"}}, "then": {"x_Team": "a"}}])
    with pytest.raises(InputError, match="Rule r0"):
        ruled.hold_patterns(engine, rules)
