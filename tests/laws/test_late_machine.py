"""Import, repeat, restate, close, reopen and crash in any order, beside a model of four sums."""

from __future__ import annotations

import tempfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant
from hypothesis.stateful import rule
from hypothesis.stateful import RuleBasedStateMachine

from finops.access.workspace import make_workspace
from finops.ingestion.commit import Mode
from finops.records.closings import Event
from tests.corpus import as_csv
from tests.corpus import Charge
from tests.faults.process import KILLED
from tests.faults.process import run
from tests.ingestion.lateness import deliver
from tests.ingestion.lateness import Figures
from tests.ingestion.lateness import figures
from tests.ingestion.lateness import of
from tests.ingestion.lateness import step
from tests.ingestion.lateness import summed

MONTHS = (3, 4, 5)
POINTS = ("import:compared", "import:adjusted", "import:after-delta", "import:before-records")

Sums = Counter[tuple[tuple[str, ...], int]]


def named(month: int) -> str:
    return f"2026-{month:02}"


def version(month: int, number: int) -> list[Charge]:
    """What a delivery of a month says in one of its versions."""
    kept = [of(month, f"{10 + place * number}.25", ResourceId=f"i-{place}") for place in range(3)]
    other = of(month, f"{number}", day=2, BillingCurrency=("USD", "EUR")[number % 2])
    return [*kept[number % 3 :], other, *[of(month, "1")] * number]


def flat(told: Figures) -> Sums:
    """Figures as one sum for each key and cost."""
    return Counter({(key, n): v for key, sums in told.items() for n, v in enumerate(sums) if v})


def told(sums: Sums) -> dict[object, Decimal]:
    return {key: Decimal(value) for key, value in sums.items() if value}


class Late(RuleBasedStateMachine):
    """The model: what each month was last said to be, and where each adjustment is booked."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.workspace = make_workspace(Path(self.folder.name) / "workspace")
        self.closed: set[int] = set()
        self.own: dict[int, Sums] = {}
        self.adjusted: dict[tuple[int, int], Sums] = {}

    def teardown(self) -> None:
        self.workspace.close()
        self.folder.cleanup()

    @rule(month=st.sampled_from(MONTHS), number=st.integers(0, 4), mode=st.just(Mode.REPLACE))
    def deliver(self, month: int, number: int, mode: Mode) -> None:
        rows = version(month, number)
        deliver(self.workspace, rows, mode)
        self._said(month, flat(summed(rows)))

    @rule(month=st.sampled_from(MONTHS), number=st.integers(0, 4), point=st.sampled_from(POINTS))
    def crash(self, month: int, number: int, point: str) -> None:
        path = self.workspace.root.parent / "crash.csv"
        path.write_bytes(as_csv(version(month, number)))
        ended = run(self.workspace.root, "import", str(path), "--replace", fault=point)
        if ended.code != KILLED:
            assert ended.code == 0, ended.err
            self._said(month, flat(summed(version(month, number))))

    @rule(month=st.sampled_from(MONTHS))
    def close(self, month: int) -> None:
        step(self.workspace, named(month), Event.CLOSED)
        self.closed.add(month)

    @rule(month=st.sampled_from(MONTHS))
    def reopen(self, month: int) -> None:
        step(self.workspace, named(month), Event.REOPENED)
        self.closed.discard(month)

    @invariant()
    def what_is_booked_is_what_the_model_says(self) -> None:
        if self.workspace.snapshot() is None:
            assert not self.own
            return
        for month in (*MONTHS, max(MONTHS) + 1):
            assert told(flat(figures(self.workspace, named(month)))) == told(self._about(month))
            billed = told(flat(figures(self.workspace, billed_in=named(month))))
            assert billed == told(self._billed(month))

    def _said(self, month: int, sums: Sums) -> None:
        """A delivery: in a bound month its difference is booked, else it takes its place."""
        frozen = any(m == month and b in self.closed for m, b in self.adjusted)
        if month not in self.closed and not frozen:
            self.own[month] = sums
            self.adjusted = {k: v for k, v in self.adjusted.items() if k[0] != month}
            return
        difference = Counter(sums)
        difference.subtract(self._about(month))
        if not told(difference):
            return
        booked = month
        while booked in self.closed:
            booked += 1
        self.adjusted.setdefault((month, booked), Counter()).update(difference)

    def _about(self, month: int) -> Sums:
        return self._added(
            self.own.get(month), *(v for k, v in self.adjusted.items() if k[0] == month)
        )

    def _billed(self, month: int) -> Sums:
        return self._added(
            self.own.get(month), *(v for k, v in self.adjusted.items() if k[1] == month)
        )

    def _added(self, *sums: Sums | None) -> Sums:
        found: Sums = Counter()
        for one in sums:
            found.update(one or {})
        return found


TestLate = pytest.mark.thorough(Late.TestCase)
TestLate.settings = settings(
    max_examples=8,
    stateful_step_count=12,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
