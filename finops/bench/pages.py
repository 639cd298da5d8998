"""Pages: how long a warm page and a slider take in a real browser, against a bare Streamlit app."""

from __future__ import annotations

import shutil
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from typing import TYPE_CHECKING

from finops.bench import bare_app
from finops.bench.measured import Ratio
from finops.bench.serving import served
from finops.bench.units import sell

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from finops.bench.serving import Served

PAGE_BAR, SLIDER_BAR, START_BAR = 2.0, 1.5, 3.0
PAGES = (("Overview", ""), ("Data", "data"))
"""The pages that are measured, and their addresses."""
SLIDERS = (("Overview", ""), ("Product", "product"))
"""The pages whose first slider is moved, and their addresses."""

_SHOWN = {
    "charts": ".js-plotly-plot",
    "tables": "[data-testid=stDataFrame]",
    "metrics": "[data-testid=stMetric]",
}
_DONE = "[data-testid=stApp][data-test-script-state=notRunning]"
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pages(workspace: Path, *, rounds: int, say: Callable[[str], None]) -> tuple[Ratio, ...]:
    """Measure each page on a workspace, warm, and a slider; nothing where there is no browser."""
    chromium = shutil.which("chromium")
    if not chromium:
        say("no browser here: pages are not measured")
        return ()
    # Only a developer's installation has it, as only there is a benchmark run.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    sell(workspace)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_ARGUMENTS))
        words = [sys.executable, "-m", "finops", "--workspace", str(workspace), "serve", "--port"]
        with served(words) as (ours, started, _):
            found = _each(browser, ours, rounds, say)
            sliders = [(name, _slides(browser, f"{ours}/{at}", rounds)) for name, at in SLIDERS]
        bare_slider, bare_started = _bare_slider(browser, rounds)
        browser.close()
    return (
        *found,
        *(
            Ratio(work=f"slider on {name}", ours=slider, bare=bare_slider, bar=SLIDER_BAR)
            for name, slider in sliders
        ),
        Ratio(work="start of the portal", ours=started, bare=bare_started, bar=START_BAR),
    )


def _each(browser: Any, ours: str, rounds: int, say: Callable[[str], None]) -> tuple[Ratio, ...]:  # noqa: ANN401
    found = []
    for name, address in PAGES:
        say(f"opening {name}, {rounds} times, in turns with the bare app")
        counts = _counts(browser, f"{ours}/{address}")
        with _bare(counts) as (bare, _, _):
            _visit(browser, bare)
            times = [
                (_visit(browser, f"{ours}/{address}"), _visit(browser, bare)) for _ in range(rounds)
            ]
        mine, theirs = (median(column) for column in zip(*times, strict=True))
        found.append(Ratio(work=f"page {name}, warm", ours=mine, bare=theirs, bar=PAGE_BAR))
    return tuple(found)


def _counts(browser: Any, url: str) -> dict[str, int]:  # noqa: ANN401
    page = browser.new_page()
    try:
        page.goto(url)
        _settled(page)
        return {name: page.locator(shown).count() for name, shown in _SHOWN.items()}
    finally:
        page.close()


def _visit(browser: Any, url: str) -> float:  # noqa: ANN401
    """Seconds from the address to everything drawn."""
    page = browser.new_page()
    try:
        begun = time.perf_counter()
        page.goto(url)
        _settled(page)
        return time.perf_counter() - begun
    finally:
        page.close()


def _settled(page: Any) -> None:  # noqa: ANN401
    """Wait until the script has run and every chart that it sent is drawn."""
    page.wait_for_selector(_DONE, timeout=120_000)
    page.wait_for_selector("h1", timeout=120_000)
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stSkeleton]') && "
        "[...document.querySelectorAll('[data-testid=stPlotlyChart]')]"
        ".every(chart => chart.querySelector('.main-svg'))",
        timeout=120_000,
    )
    page.wait_for_selector(_DONE, timeout=120_000)


def _slides(browser: Any, url: str, rounds: int) -> float:  # noqa: ANN401
    """Median seconds from a key on the first slider to the run being over."""
    page = browser.new_page()
    try:
        page.goto(url)
        _settled(page)
        slider = page.get_by_role("slider").first
        slider.focus()
        page.evaluate(_WATCH)
        times = [_slide(page) for _ in range(rounds + 1)]
        return median(times[1:])
    finally:
        page.close()


_WATCH = """() => {
  window.tieoutChanged = performance.now();
  new MutationObserver(() => { window.tieoutChanged = performance.now(); }).observe(
    document.querySelector('[data-testid=stMain]'),
    {subtree: true, childList: true, characterData: true}
  );
}"""
_CALM = """begun => window.tieoutChanged > begun
  && performance.now() - window.tieoutChanged > 1500 && window.tieoutChanged"""
"""A rerun can be over before anybody outside looks, so the page keeps when it last changed."""


def _slide(page: Any) -> float:  # noqa: ANN401
    begun = page.evaluate("() => performance.now()")
    page.keyboard.press("ArrowRight")
    ended = page.wait_for_function(_CALM, arg=begun, timeout=30_000).json_value()
    return (float(ended) - float(begun)) / 1000


def _bare_slider(browser: Any, rounds: int) -> tuple[float, float]:  # noqa: ANN401
    with _bare({"charts": 2, "tables": 1, "metrics": 2}) as (url, started, _):
        return _slides(browser, url, rounds), started


@contextmanager
def _bare(counts: Mapping[str, int]) -> Iterator[Served]:
    """Serve a page of so many charts, tables and metrics, with Streamlit's own settings.

    It runs in an empty folder: in the project's it would take over the portal's settings, and with
    them what makes the portal fast.
    """
    words = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(bare_app.__file__),
        "--server.headless=true",
        "--browser.gatherUsageStats=false",
        "--server.fileWatcherType=none",
        "--server.port",
    ]
    given = {f"BARE_{name.upper()}": str(count) for name, count in counts.items()}
    with TemporaryDirectory() as empty, served(words, given, folder=Path(empty)) as found:
        yield found
