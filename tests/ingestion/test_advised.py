from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.errors import InputError
from finops.ingestion.advised import ADVISOR
from finops.ingestion.advised import SHAPES
from finops.ingestion.inventory_files import read

if TYPE_CHECKING:
    from pathlib import Path

BY_KEY = {shape.key: shape for shape in SHAPES}


def test_what_compute_optimizer_finds_in_order_is_no_advice() -> None:
    told = BY_KEY["instanceRecommendations"].read({"instanceArn": "i", "finding": "OPTIMIZED"})
    assert told is None


def test_an_oversized_machine_is_to_be_resized() -> None:
    saving = {"estimatedMonthlySavings": {"currency": "USD", "value": 41.5}}
    option = {"instanceType": "m5.large", "savingsOpportunity": saving}
    told = BY_KEY["instanceRecommendations"].read(
        {"instanceArn": "i", "finding": "OVER_PROVISIONED", "recommendationOptions": [option]}
    )
    assert told is not None
    assert told.name == "resize"
    assert {"to": "m5.large", "saving": "41.5"}.items() <= dict(told.facts).items()


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("Right-size or shutdown underutilized virtual machines", "resize"),
        ("Delete unused public IP addresses", "delete"),
        ("Buy reserved instances", "commit"),
        ("Use Standard storage", "other"),
    ],
)
def test_advisor_says_what_to_do_in_a_sentence(words: str, action: str) -> None:
    told = ADVISOR.read(
        {
            "category": "Cost",
            "shortDescription": {"solution": words},
            "resourceMetadata": {"resourceId": "/vm"},
            "extendedProperties": {"annualSavingsAmount": "120", "savingsCurrency": "EUR"},
        }
    )
    assert told is not None
    assert (told.resource, told.name, dict(told.facts)["saving"]) == ("/vm", action, "10.00")


def test_only_advice_about_cost_is_taken() -> None:
    entry: dict[str, Any] = {"id": "/x", "properties": {"category": "Security"}}
    assert ADVISOR.read(entry) is None


def test_metrics_and_advice_come_as_csv(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("resource,metric,average\ni-1,CPU,2.5\n")
    assert read(file)[0].name == "cpu"
    file.write_text("resource,action,monthly_saving\ni-1,resize,4\n")
    assert dict(read(file)[0].facts)["saving"] == "4"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("resource,metric,average\ni-1,cpu,much\n", "a.csv line 2, average 'much'"),
        ("resource,what\ni-1,cpu\n", "a.csv line 1: expected the columns resource, metric"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(text)
    with pytest.raises(InputError, match=said):
        read(file)
