"""A real browser on a real server, waiting for what it can see and never sleeping."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error
from playwright.sync_api import expect
from playwright.sync_api import sync_playwright

from finops.cli import serve
from tests.pages import bills

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from playwright.sync_api import Page

    Open = Callable[..., Page]

ROOT = Path(__file__).parents[2]
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
         "--disable-component-update", "--disable-sync", "--disable-default-apps")  # fmt: skip
expect.set_options(timeout=30_000)
STILL = "[data-test-script-state=notRunning]"
WATCH = """
window.refused = [];
document.addEventListener('securitypolicyviolation',
    event => window.refused.push(event.violatedDirective + ' ' + event.blockedURI));
"""


@contextmanager
def served(workspace: Path, who: str = "ada", *, port: int = 0, **told: str) -> Iterator[str]:
    """The address of a fresh server on a workspace; `told` are settings, such as `today`."""
    with socket.socket() as probe:
        # A server that starts again takes its port while old connections are still fading.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        port = probe.getsockname()[1]
    env = os.environ | {"FINOPS_WORKSPACE": str(workspace), "FINOPS_AS": who}
    env |= {f"FINOPS_{name.upper()}": value for name, value in told.items()}
    sign_in = Path(told["sign_in"]) if "sign_in" in told else None
    words = [sys.executable, "-m", "streamlit"]
    words += serve.command(port=port, address=serve.HERE, sign_in=sign_in)
    with subprocess.Popen(words, cwd=workspace.parent, env=env) as server:
        try:
            _wait(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the server takes connections."""
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
        except OSError:
            try:
                server.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        else:
            return
    message = "The portal did not start."
    raise AssertionError(message)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, as the system has it; gone with the module, since its loop stops all others."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(QUIET)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open an address, wait until it is drawn, and hold it to what no page may ever do."""
    contexts = []
    faults: list[str] = []

    def visit(address: str, *, scheme: str = "light", width: int = 1400) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 1000},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.add_init_script(WATCH)
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: _foreign(request.url, faults))
        page.goto(address)
        drawn(page)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert faults == []


def drawn(page: Page) -> None:
    """Wait until the page is drawn and nothing runs any more."""
    page.get_by_test_id("stApp").wait_for()
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_selector(STILL, state="attached")


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a select, or add it; once more where a redraw shut the list."""
    box = page.get_by_role("combobox", name=label)
    wanted = page.get_by_role("option", name=option).first
    for patience in (5_000, 10_000, 30_000):
        drawn(page)
        box.click()
        box.fill(option)
        try:
            wanted.click(timeout=patience)
        except Error:
            box.press("Escape")
            continue
        break
    expect(box).to_have_value(option)


def _foreign(url: str, faults: list[str]) -> None:
    """Note a request to anything but this machine."""
    if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
        faults.append(f"request: {url}")


@pytest.fixture(scope="session")
def three_months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """September, October twice as dear, and twelve days of November."""
    return bills.three_months(tmp_path_factory.mktemp("three-months"))


@pytest.fixture
def untied(tmp_path: Path) -> Path:
    """The three months, with an invoice of October that asks for 12.50 too much."""
    return bills.invoiced(tmp_path, "955.93")


@pytest.fixture(scope="session")
def portal(three_months: Path) -> Iterator[str]:
    """A server that has been running for a while."""
    with served(three_months) as address:
        yield address
