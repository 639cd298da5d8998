"""A mapping says how each column is read, strictly: what cannot be read is an error, never null."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.dataset.engine_duckdb import EngineError
from finops.dataset.engine_duckdb import workbench
from finops.focus import datasets
from finops.focus import normalize
from finops.focus.normalize import mapping
from finops.focus.normalize import quoted
from finops.focus.normalize import selected
from finops.focus.normalize import text
from finops.focus.raw import Format
from finops.focus.raw import Kind
from finops.focus.raw import Raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.dataset.engine_duckdb import Engine


def raw(*names: str, **said: object) -> Raw:
    """A file with these columns, all of them text."""
    told: dict[str, Any] = {
        "path": Path("bill.csv"),
        "format": Format.CSV,
        "compression": "none",
        "delimiter": ",",
        "columns": names,
        "texts": frozenset(names),
        "exact": frozenset(),
        "kind": Kind.COST_AND_USAGE,
        "version": "1.2",
        "missing": (),
        "sha256": "",
        "size": 0,
    }
    return Raw(**told | said)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with workbench(tmp_path_factory.mktemp("normalize")) as opened:
        yield opened


def value(engine: Engine, name: str, delivered: str | None, *, rounded: bool = False) -> Any:  # noqa: ANN401
    """What a text is read as in a column."""
    (expression,) = (
        m.expression for m in mapping(raw(name), rounded=rounded).mapped if m.source == name
    )
    given = "NULL" if delivered is None else text(delivered)
    return engine.rows(f"SELECT {expression} FROM (SELECT {given} AS {quoted(name)})")[0][0]


@pytest.mark.parametrize(
    ("delivered", "read"),
    [
        ("1234.56", "1234.56"),
        ("-0.0", "0"),
        ("1.5E2", "150"),
        ("0.123456789012345678", "0.123456789012345678"),
        ("99999999999999999999", "99999999999999999999"),
        (None, None),
    ],
)
def test_an_amount_is_read_to_the_last_digit(
    delivered: str | None, read: str | None, engine: Engine
) -> None:
    found = value(engine, "BilledCost", delivered)
    assert found == (None if read is None else Decimal(read))
    assert str(found) != "-0.000000000000000000"


@pytest.mark.parametrize("delivered", ["1,5", "1_000", "NaN", "1e400", "", "1 000", "9" * 21])
def test_what_is_no_amount_is_an_error_and_never_null(delivered: str, engine: Engine) -> None:
    for rounded in (False, True):
        with pytest.raises(EngineError):
            value(engine, "BilledCost", delivered, rounded=rounded)


@pytest.mark.parametrize("delivered", ["0.1234567890123456789", "1E-20", "12.5e-18"])
def test_digits_beyond_the_18th_are_an_error_unless_they_may_be_rounded(
    delivered: str, engine: Engine
) -> None:
    with pytest.raises(EngineError, match=normalize.BEYOND):
        value(engine, "BilledCost", delivered)
    rounded = value(engine, "BilledCost", delivered, rounded=True)
    assert abs(rounded - Decimal(delivered)) <= Decimal("0.5e-18")


@pytest.mark.parametrize(
    ("delivered", "read"),
    [
        ("usage-based", "Usage-Based"),
        ("ONE-TIME", "One-Time"),
        ("Monthly", "Monthly"),
        (None, None),
    ],
)
def test_allowed_values_are_read_in_focus_s_case(
    delivered: str | None, read: str | None, engine: Engine
) -> None:
    assert value(engine, "ChargeFrequency", delivered) == read


def test_a_time_without_a_zone_is_utc(engine: Engine) -> None:
    told = {
        value(engine, "ChargePeriodStart", delivered).isoformat()
        for delivered in ("2026-04-01", "2026-04-01T00:00:00Z", "2026-04-01T02:00:00+02:00")
    }
    assert len(told) == 1
    with pytest.raises(EngineError):
        value(engine, "ChargePeriodStart", "2026-04-01T30:00:00Z")


def test_columns_are_found_under_their_older_names() -> None:
    plan = mapping(raw("AmortizedCost", "Region", "Provider", "BilledCost"))
    assert plan.source("EffectiveCost") == "AmortizedCost"
    assert plan.source("RegionId") == "Region"
    assert plan.source("ServiceProviderName") == "Provider"
    assert plan.source("ServiceName") is None
    assert "ServiceName" in plan.absent
    assert plan.extra == ()


def test_the_newer_name_holds_where_a_file_has_both() -> None:
    plan = mapping(raw("Region", "RegionId", "ProviderName", "ServiceProviderName"))
    assert plan.source("RegionId") == "RegionId"
    assert plan.source("ServiceProviderName") == "ServiceProviderName"
    assert plan.extra == ("Region",)


def test_what_is_beyond_focus_is_kept_in_an_order_of_its_own() -> None:
    one, other = (mapping(raw(*names)) for names in (("x_B", "x_A"), ("x_A", "x_B")))
    assert one.extra == other.extra == ("x_A", "x_B")
    assert dict(selected(raw("x_B", "x_A"), one)) == dict(selected(raw("x_A", "x_B"), other))


def test_binary_fractions_are_read_by_their_shortest_text(engine: Engine) -> None:
    plan = mapping(raw("BilledCost", texts=frozenset()))
    (found,) = (m.expression for m in plan.mapped)
    query = f"SELECT {found} FROM (SELECT CAST(20.52022672899 AS DOUBLE) AS BilledCost)"
    assert engine.rows(query) == [(Decimal("20.520226728990000000"),)]


@pytest.mark.parametrize(
    ("delivered", "tags"),
    [
        ('{"team": "search", "count": 1}', {"team": "search", "count": "1"}),
        ("{}", {}),
        ('{"a": null}', {"a": None}),
        ("[]", None),
        ('{"a": "1", "a": "2"}', None),
        ('"team": "search"', None),
        ("", None),
    ],
)
def test_tags_are_a_map_or_kept_as_delivered(
    delivered: str, tags: dict[str, str | None] | None, engine: Engine
) -> None:
    file = raw("Tags")
    found = dict(selected(file, mapping(file)))
    query = f"SELECT {found['Tags']}, {found[normalize.TAGS_AS_DELIVERED]}"
    read, kept = engine.rows(f"{query} FROM (SELECT {text(delivered)} AS Tags)")[0]
    assert read == tags
    assert kept == (delivered if tags is None else None)


def test_an_attempt_gives_null_for_what_cannot_be_read(engine: Engine) -> None:
    file = raw("BilledCost")
    plan = mapping(file, rounded=True)
    (expression,) = (e for name, e in selected(file, plan, attempt=True) if name == "BilledCost")
    assert engine.rows(f"SELECT {expression} FROM (SELECT 'x' AS BilledCost)") == [(None,)]


def test_names_and_texts_are_quoted_whatever_is_in_them(engine: Engine) -> None:
    strange = 'a"; DROP TABLE charges; --'
    assert engine.rows(f"SELECT 1 AS {quoted(strange)}") == [(1,)]
    assert engine.rows(f"SELECT {text(chr(39) + strange)}") == [("'" + strange,)]


def test_the_other_datasets_are_read_by_their_own_columns() -> None:
    names = [column.id for column in datasets.COLUMNS[Kind.BILLING_PERIOD]]
    plan = mapping(raw(*names, kind=Kind.BILLING_PERIOD))
    assert ([m.column.id for m in plan.mapped], plan.absent) == (names, ())
    assert normalize.MAPPING_KEY not in dict(selected(raw(*names, kind=Kind.BILLING_PERIOD), plan))
