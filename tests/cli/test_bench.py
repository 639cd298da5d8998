from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops


@pytest.mark.browser
def test_everything_that_is_promised_of_speed_is_measured_in_one_run(
    finops: Finops, tmp_path: Path
) -> None:
    finops("init")
    answer = finops("bench", "--rows", "2000", "--rounds", "1", "--keep", str(tmp_path), "--json")
    works = [one["work"] for one in answer.document["measured"]]
    assert works == [
        "import of 2,000 lines",
        "peak memory, 2,000 lines",
        "peak memory, 4,000 lines",
        "page Overview, warm",
        "page Data, warm",
        "slider on Overview",
        "start of the portal",
    ]
    assert all(one["ratio"] > 0 for one in answer.document["measured"])
