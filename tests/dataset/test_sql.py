"""Row scope: whatever is asked is refused, or answered from what the viewer may see."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sqlglot import exp

from finops.core.scope import Scope
from finops.core.scope import Viewer
from finops.dataset import sql
from finops.dataset.engine_duckdb import EngineError
from finops.errors import TieoutError
from finops.errors import UsageError
from tests.lanes import examples

if TYPE_CHECKING:
    from pathlib import Path

    from finops.dataset import Dataset
    from finops.dataset.engine_duckdb import Row
    from tests.dataset.conftest import Seen

ANSWERED = (
    ("SELECT sum(BilledCost) FROM lines", 55),
    ("SELECT sum(BilledCost) FROM rollup", 55),
    ('SELECT sum("BilledCost") FROM "lines"', 55),
    ("FROM lines SELECT sum(BilledCost)", 55),
    ("SELECT sum(l.BilledCost) FROM lines AS l", 55),
    ("SELECT sum(lines.BilledCost) FROM lines", 55),
    ("SELECT count(*) FROM lines", 10),
    ("SELECT count(*) FROM lines AS a, lines AS b", 100),
    ("SELECT count(*) FROM lines AS a JOIN lines AS b ON a.ResourceId = b.ResourceId", 10),
    ("SELECT count(*) FROM lines AS a LEFT JOIN lines AS b ON true", 100),
    ("SELECT sum(BilledCost) FROM (SELECT * FROM lines)", 55),
    ("SELECT sum(BilledCost) FROM (SELECT * FROM (SELECT * FROM lines) AS a) AS b", 55),
    ("WITH a AS (SELECT * FROM lines) SELECT sum(BilledCost) FROM a", 55),
    (
        "WITH a AS (WITH b AS (SELECT * FROM lines) SELECT * FROM b) SELECT sum(BilledCost) FROM a",
        55,
    ),
    (
        "SELECT sum(BilledCost) FROM (WITH b AS (SELECT BilledCost FROM lines) SELECT * FROM b)",
        55,
    ),
    ("SELECT sum(b) FROM (SELECT 1 AS b UNION ALL SELECT sum(BilledCost) FROM lines)", 56),
    ("SELECT sum(BilledCost) FROM (SELECT * FROM lines EXCEPT SELECT * FROM lines)", None),
    ("SELECT (SELECT max(BilledCost) FROM lines)", 10),
    ("SELECT max(BilledCost) FROM lines WHERE BilledCost IN (SELECT BilledCost FROM lines)", 10),
    ("SELECT max(BilledCost) FROM lines HAVING max(BilledCost) < (SELECT 11)", 10),
    ("SELECT max(1) FROM lines ORDER BY (SELECT sum(BilledCost) FROM lines)", 1),
    (
        "SELECT sum((SELECT max(m.BilledCost) FROM lines AS m WHERE m.BilledCost <= l.BilledCost)) FROM lines AS l",  # noqa: E501
        55,
    ),
    ("SELECT sum(BilledCost) FROM lines WHERE x_Team = 'search' OR true", 55),
    ("SELECT sum(BilledCost) FROM lines WHERE x_Team <> 'search' OR x_Team IS NULL", None),
    ("SELECT sum(BilledCost) FROM lines AS within_scope_rollup", 55),
    ("SELECT sum(BilledCost) FROM lines AS mapped", 55),
    ("SELECT sum(a.BilledCost) FROM lines AS rollup, (SELECT 1) AS lines, lines AS a", 550),
    ("SELECT sum(BilledCost) /* FROM charges_as_billed */ FROM lines -- WHERE", 55),
    ("SELECT sum(BilledCost) FROM lines;", 55),
    ("SELECT sum(CASE WHEN true THEN BilledCost END) FROM lines", 55),
    ("SELECT max(x) FROM (SELECT sum(BilledCost) OVER () AS x FROM lines)", 55),
    ("SELECT max(';') FROM lines", ";"),
    ("SELECT count(*) FROM ContractCommitment", UsageError),
)
"""What is asked of `search`, and the one value it may see; 10 charges that add up to 55."""

REFUSED = (
    "SELECT * FROM charges_as_billed",
    "SELECT * FROM mapped",
    "SELECT * FROM CHARGES_AS_BILLED",
    "SELECT * FROM Lines",
    'SELECT * FROM "LINES"',
    "SELECT * FROM main.lines",
    "SELECT * FROM memory.main.lines",
    'SELECT * FROM "main"."lines"',
    "SELECT * FROM memory.lines",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM duckdb_views",
    "SELECT * FROM duckdb_views()",
    "SELECT * FROM sqlite_master",
    "SELECT * FROM pragma_table_info('lines')",
    "SELECT * FROM read_csv('secret.csv')",
    "SELECT * FROM read_parquet('charges/**/*.parquet')",
    "SELECT * FROM parquet_scan('a.parquet')",
    "SELECT * FROM glob('*')",
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM 'secret.csv'",
    "SELECT * FROM '*.parquet'",
    "SELECT * FROM query('SELECT * FROM lines')",
    "SELECT * FROM query_table('lines')",
    "SELECT query_table('lines')",
    "SELECT getenv('HOME')",
    "SELECT current_setting('allowed_paths')",
    "SELECT getvariable('x')",
    "SELECT version()",
    "SELECT $1",
    "SELECT ?",
    "SELECT * FROM (SUMMARIZE lines)",
    "SELECT * FROM (DESCRIBE lines)",
    "SELECT * FROM (SHOW TABLES)",
    "SELECT * FROM (SHOW ALL TABLES)",
    "SELECT * FROM (PIVOT lines ON ServiceName USING sum(BilledCost))",
    "SELECT * FROM lines PIVOT (sum(BilledCost) FOR ServiceName IN ('canary of data'))",
    "SELECT * FROM (UNPIVOT lines ON BilledCost INTO NAME n VALUE v)",
    "PIVOT lines ON ServiceName USING sum(BilledCost)",
    "SUMMARIZE lines",
    "DESCRIBE lines",
    "SHOW TABLES",
    "EXPLAIN SELECT * FROM lines",
    "EXPLAIN ANALYZE SELECT * FROM lines",
    "TABLE lines UNION ALL TABLE lines",
    "SELECT 1 UNION ALL SELECT BilledCost FROM lines",
    "VALUES (1)",
    "SELECT * FROM (VALUES (1), (2)) AS t(a)",
    "SELECT * FROM lines AS l, LATERAL (SELECT l.BilledCost) AS t",
    "SELECT unnest([1, 2])",
    "SELECT list(BilledCost) FROM lines",
    "SELECT string_agg(ResourceId) FROM lines",
    "SELECT COLUMNS(*) FROM lines",
    "SELECT [x FOR x IN [1, 2]]",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP VIEW lines",
    "",
    ";",
    "-- nothing",
    "COPY lines TO 'out.csv'",
    "COPY (SELECT * FROM lines) TO 'out.csv'",
    "EXPORT DATABASE 'out'",
    "ATTACH 'x.db'",
    "DETACH memory",
    "USE memory",
    "SET threads = 1",
    "RESET ALL",
    "PRAGMA database_list",
    "INSTALL httpfs",
    "LOAD httpfs",
    "CALL pragma_version()",
    "CREATE TABLE t AS SELECT * FROM lines",
    "CREATE OR REPLACE VIEW lines AS SELECT 1",
    "CREATE MACRO f() AS 1",
    "INSERT INTO lines VALUES (1)",
    "UPDATE lines SET BilledCost = 0",
    "DELETE FROM lines",
    "DROP VIEW lines",
    "SELECT * INTO t FROM lines",
    "BEGIN",
    "VACUUM",
    "CHECKPOINT",
    "PREPARE q AS SELECT 1",
    "WITH lines AS (SELECT * FROM charges_as_billed) SELECT * FROM lines",
    "WITH LINES AS (SELECT 1 AS BilledCost) SELECT * FROM lines",
    "WITH mapped AS (SELECT 1 AS a) SELECT * FROM mapped",
    "WITH within_scope_lines AS (SELECT * FROM lines) SELECT * FROM lines",
    "WITH Within_Scope_Lines AS (SELECT * FROM lines) SELECT * FROM lines",
    "SELECT * FROM (WITH within_scope_lines AS (SELECT 1 AS BilledCost) SELECT * FROM lines)",
    "WITH a AS (SELECT * FROM b), b AS (SELECT * FROM lines) SELECT * FROM a",
    "WITH charges_as_billed AS (SELECT * FROM charges_as_billed) SELECT * FROM charges_as_billed",
    "WITH RECURSIVE a AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM a WHERE n < 5) SELECT * FROM a",
    "WITH RECURSIVE mapped AS (SELECT * FROM mapped) SELECT * FROM mapped",
    "SELECT * FROM ((WITH a AS (SELECT 1 AS x) SELECT x FROM a) UNION ALL (SELECT * FROM a))",
    "SELECT * FROM lines WHERE EXISTS (SELECT 1 FROM charges_as_billed)",
    "SELECT * FROM lines WHERE BilledCost > ANY (SELECT BilledCost FROM charges_as_billed)",
    "SELECT * FROM lines WHERE BilledCost IN (SELECT BilledCost FROM charges_as_billed)",
    "SELECT (SELECT max(BilledCost) FROM charges_as_billed)",
    "SELECT 1 ORDER BY (SELECT max(BilledCost) FROM charges_as_billed)",
    "SELECT 1 LIMIT (SELECT count(*) FROM charges_as_billed)",
    "SELECT 1 FROM lines GROUP BY (SELECT max(BilledCost) FROM charges_as_billed)",
    "SELECT sum(1) FROM lines HAVING (SELECT max(BilledCost) FROM charges_as_billed) > 1",
    "SELECT * FROM lines JOIN charges_as_billed USING (ResourceId)",
    "SELECT * FROM lines JOIN lines AS m ON (SELECT max(BilledCost) FROM charges_as_billed) > 1",
    "SELECT * FROM lines TABLESAMPLE 10%",
    "SELECT * FROM lines AT (VERSION => 1)",
    r"SELECT e'\' , ' FROM charges_as_billed -- ' FROM lines",
    r"SELECT e'\' || (SELECT max(ServiceName) FROM lines) || ' FROM charges_as_billed --'",
    "SELECT $$a$$ FROM lines",
    "SELECT x'00' FROM lines",
    "SELECT avg(BilledCost) FROM lines",
    "SELECT BilledCost / 3 FROM lines",
    "SELECT hash(lines) FROM lines",
    "SELECT to_json(lines) FROM lines",
    "SELECT nosuch FROM lines",
    "SELECT sum(BilledCost) FROM lines, lines",
    "SELECT FROM lines",
    "SELECT sum(BilledCost FROM lines",
    "SELECT 'unclosed FROM lines",
    'SELECT "unclosed FROM lines',
    "SELECT /* unclosed FROM lines",
    "\x00",
    "SELECT 1 FROM lines WHERE \x00",
    "(" * 200 + "SELECT 1" + ")" * 200,
    "SELECT " + "+".join(["1"] * 3000),
    "SELECT CAST(ServiceName AS INTEGER) FROM lines",
)
"""What nobody may ask, whatever he sees."""


def answered(dataset: Dataset, statement: str) -> list[Row]:
    """The rows of a question that is written down."""
    return dataset.select(sql.parse(statement)).rows


@pytest.mark.parametrize(("statement", "expected"), ANSWERED)
def test_a_question_is_answered_from_what_the_viewer_may_see(
    seen: Seen, statement: str, expected: object
) -> None:
    if expected is UsageError:
        with pytest.raises(UsageError):
            answered(seen.search, statement)
        return
    assert answered(seen.search, statement) == [(expected,)]


@pytest.mark.parametrize("statement", REFUSED, ids=lambda statement: statement[:60])
def test_what_is_no_question_is_refused(seen: Seen, statement: str) -> None:
    with pytest.raises(UsageError) as error:
        answered(seen.search, statement)
    assert "canary of" not in error.value.sentence.replace(statement, "")


CLAUSES = st.sampled_from(
    [
        "SELECT {c} FROM {t}",
        "SELECT * FROM ({q})",
        "SELECT ({q})",
        "SELECT * FROM lines WHERE BilledCost IN ({q})",
        "SELECT * FROM {t} AS {n}, ({q}) AS other",
        "WITH {n} AS ({q}) SELECT * FROM {n}",
        "WITH {n} AS ({q}) SELECT * FROM {t}",
        "SELECT * FROM ({q} UNION ALL {q})",
        "SELECT * FROM (SUMMARIZE {t})",
        "SELECT max({c}) FROM {t} ORDER BY ({q})",
        "SELECT * FROM {t} AS {n} JOIN {n} ON true",
    ]
)
NAMES = st.sampled_from(
    ["lines", "rollup", "mapped", "charges_as_billed", "a", "b", "LINES", "within_scope_lines"]
)
COLUMNS = st.sampled_from(["BilledCost", "ServiceName", "ResourceId", "*", "lines", "a"])


@st.composite
def questions(draw: st.DrawFn, depth: int = 3) -> str:
    """Questions of every shape, most of which mean nothing."""
    inner = draw(questions(depth - 1)) if depth else "SELECT BilledCost FROM lines"
    named = {"c": draw(COLUMNS), "t": draw(NAMES), "n": draw(NAMES), "q": inner}
    return draw(CLAUSES).format(**named)


@settings(max_examples=examples(250), deadline=None)
@given(statement=questions())
def test_no_question_shows_what_is_held_back(seen: Seen, statement: str) -> None:
    try:
        rows = answered(seen.search, statement)
    except TieoutError as error:
        assert "canary of" not in str(error)  # noqa: PT017
        return
    told = [str(value) for row in rows for value in row]
    assert not [text for text in told if "canary" in text or "900000000000" in text]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM lines WHERE CAST(ServiceName AS INTEGER) > 0",
        "SELECT sum(CAST(ServiceName AS INTEGER)) FROM lines WHERE BilledCost > 100",
        "SELECT count(*) FROM lines WHERE CAST(CAST(BilledCost AS VARCHAR) AS DATE) IS NULL",
    ],
)
def test_an_error_shows_no_value_of_a_row(seen: Seen, statement: str) -> None:
    """The engine may look at a row before the scope has held it back, and would quote it."""
    for dataset in seen:
        try:
            answered(dataset, statement)
        except UsageError as error:
            assert "canary" not in error.sentence  # noqa: PT017
            assert "900000000000" not in error.sentence  # noqa: PT017


def test_narrowing_twice_is_narrowing_by_both(seen: Seen) -> None:
    both = Viewer("bob", (("x_Team", frozenset({"search", "data"})),))
    only = Viewer("cat", (("x_Team", frozenset({"data"})),))
    statement = "SELECT count(*), sum(BilledCost) FROM lines"
    wide, narrow = (seen.whole.within(Scope(viewer=viewer)) for viewer in (both, only))
    assert answered(wide, statement) == [(12, Decimal(55) + 2 * Decimal(900000000000))]
    assert answered(narrow.within(Scope(viewer=both)), statement) == answered(narrow, statement)
    assert answered(seen.search.within(Scope(viewer=only)), statement) == [(0, None)]
    nothing = Viewer("dan", (("x_Team", frozenset()),))
    assert answered(seen.whole.within(Scope(viewer=nothing)), statement) == [(0, None)]


@pytest.mark.parametrize("value", ["' OR true --", "'; DROP VIEW lines; --", "a'b", '"', "\\'", ""])
@pytest.mark.parametrize("dimension", ["ServiceName", "tag:team", "tag:' OR true --", "extra:x'"])
def test_a_filter_is_a_value_and_never_a_statement(seen: Seen, dimension: str, value: str) -> None:
    found = seen.search.within(Scope(filters=((dimension, frozenset({value})),)))
    assert answered(found, "SELECT count(*) FROM lines") == [(0,)]


def test_a_hostile_column_name_is_a_column_that_is_not_there(seen: Seen) -> None:
    scope = Scope(filters=(('x" OR 1=1 --', frozenset({"a"})),))
    with pytest.raises(UsageError):
        answered(seen.search.within(scope), "SELECT count(*) FROM lines")


@pytest.mark.parametrize(
    "statement",
    [
        "SET threads = 1",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET allowed_paths",
        "ATTACH 'x.db' AS x",
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM '{file}'",
        "SELECT * FROM glob('{folder}/*')",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
        "CREATE SECRET s (TYPE s3)",
    ],
)
def test_the_engine_itself_reads_nothing_else_and_takes_no_setting(
    seen: Seen, tmp_path: Path, statement: str
) -> None:
    """The second wall: were a statement to get through, there is nothing behind it."""
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n")
    with pytest.raises(EngineError):
        seen.whole.engine.rows(statement.format(file=file, folder=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_a_built_question_is_not_changed_by_being_narrowed(seen: Seen) -> None:
    question = exp.select("BilledCost").from_("lines")
    before = question.sql()
    seen.search.select(question)
    assert question.sql() == before
