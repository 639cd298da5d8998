"""Visitor: one person's open tab without a browser, which speaks what Streamlit's page speaks.

It opens pages, asks for what redraws by itself as often as a browser would, types and presses
buttons, and notes when which words came. Measured on Streamlit 1.67: a run ends with
`script_finished`; a widget is known by the id that its element carries; a part that redraws by
itself says so with `auto_rerun`, and a browser then asks for it by the clock, late answers or not.
"""

from __future__ import annotations

import re
import time
from contextlib import suppress
from typing import Any
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from collections.abc import Callable

WAIT = 60
"""Seconds after which a visitor gives up."""

_BROKEN = ("could not be drawn", "Traceback")
_MARK = re.compile(rb"Entry[0-9a-f]{12}")
"""The words whose coming is noted; what is written of them is the same in every encoding."""


class Visitor:
    """One tab: what it showed last, and what has gone wrong on it."""

    def __init__(self, wire: Any) -> None:  # noqa: ANN401 -- of a developer's package
        self.wire = wire
        self.faults: list[str] = []
        self.page = self._query = self._hash = ""
        self.spans: list[tuple[str, float, float]] = []
        self.came: dict[str, float] = {}
        self._opened = time.monotonic()
        self._fields: dict[str, tuple[str, str]] = {}
        self._buttons: dict[str, tuple[str, str]] = {}
        self._typed: dict[str, str] = {}
        self._chosen: dict[str, list[str]] = {}
        self._again: dict[str, float] = {}
        self._kept: dict[str, ForwardMsg] = {}

    def open(self, page: str, query: str = "") -> float:
        """Open a page; seconds until all of it is sent."""
        for known in (self._fields, self._buttons, self._typed, self._chosen, self._again):
            known.clear()
        self.leave()
        self.page, self._query, self._hash = page, query, ""
        took = self._run(self._asked())
        self._opened = time.monotonic()
        return took

    def leave(self) -> None:
        """Look at the page no more; from when to when it was looked at is kept."""
        self.spans.append((self.page, self._opened, time.monotonic()))

    def type(self, label: str, text: str) -> None:
        """Fill a field and leave it, as a person does before the next."""
        name, fragment = self._fields[label]
        self._typed[name] = text
        self._run(self._asked(fragment))

    def press(self, label: str, until: str) -> float:
        """Press a button; seconds until the page says that it is done."""
        name, fragment = self._buttons[label]
        asked = self._asked(fragment)
        state = asked.rerun_script.widget_states.widgets.add()
        state.id, state.trigger_value = name, True
        return self._run(asked, until)

    def stay(self, until: float) -> None:
        """Look at the page until a moment; what redraws by itself does so."""
        due = {name: time.monotonic() + every for name, every in self._again.items()}
        while (now := time.monotonic()) < until:
            first = min(due, key=due.__getitem__, default="")
            if not first or due[first] > until:
                self._read(until - now)
                return
            self._read(due[first] - now)
            asked = self._asked(first)
            asked.rerun_script.is_auto_rerun = True
            self._run(asked)
            due[first] = max(due[first] + self._again[first], time.monotonic())

    def _asked(self, fragment: str = "") -> BackMsg:
        asked = BackMsg()
        run = asked.rerun_script
        run.page_name, run.query_string, run.fragment_id = self.page, self._query, fragment
        run.page_script_hash = self._hash
        run.cached_message_hashes.extend(self._kept)
        for name, text in self._typed.items():
            state = run.widget_states.widgets.add()
            state.id, state.string_value = name, text
        for name, values in self._chosen.items():
            state = run.widget_states.widgets.add()
            state.id = name
            state.string_array_value.data.extend(values)
        return asked

    def _run(self, asked: BackMsg, until: str = "") -> float:
        """Ask for a run; seconds until it is over, and says what it is to say."""
        begun = time.perf_counter()
        self.wire.send(asked.SerializeToString())
        said = not until
        while True:
            try:
                message = self._next(WAIT)
            except TimeoutError as error:
                what = f"said {until!r}" if until else "drawn"
                told = f"{self.page or 'overview'} is not {what}"
                raise TimeoutError(told) from error
            said = said or until in str(message)
            early = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
            if message.WhichOneof("type") == "script_finished" and said and not early:
                return time.perf_counter() - begun

    def _read(self, seconds: float) -> None:
        """Take what comes by itself meanwhile."""
        until = time.monotonic() + seconds
        with suppress(TimeoutError):
            while (left := until - time.monotonic()) > 0:
                self._next(left)

    def _next(self, seconds: float) -> ForwardMsg:
        message, read = ForwardMsg(), self.wire.recv(seconds, decode=False)
        for mark in _MARK.findall(read):
            self.came.setdefault(mark.decode(), time.monotonic())
        message.ParseFromString(read)
        if message.WhichOneof("type") == "ref_hash":
            message = self._kept[message.ref_hash]
        elif message.metadata.cacheable:
            self._kept[message.hash] = message
        take = _TAKEN.get(message.WhichOneof("type"))
        if take:
            take(self, message)
        return message

    def _takes_delta(self, message: ForwardMsg) -> None:
        element, here = message.delta.new_element, message.delta.fragment_id
        match element.WhichOneof("type"):
            case "text_input":
                self._fields[element.text_input.label] = (element.text_input.id, here)
            case "button":
                self._buttons[element.button.label] = (element.button.id, here)
            case "button_group" if element.button_group.set_value:
                self._chosen[element.button_group.id] = list(element.button_group.raw_values)
            case "selectbox" if element.selectbox.set_value:
                self._typed[element.selectbox.id] = element.selectbox.raw_value
            case "exception":
                self.faults.append(element.exception.message)
            case "alert" if any(one in element.alert.body for one in _BROKEN):
                self.faults.append(element.alert.body)
            case _:
                pass

    def _takes_again(self, message: ForwardMsg) -> None:
        self._again[message.auto_rerun.fragment_id] = message.auto_rerun.interval

    def _takes_page(self, message: ForwardMsg) -> None:
        self._hash = message.navigation.page_script_hash

    def _takes_stop(self, message: ForwardMsg) -> None:
        for name in message.stop_auto_rerun.fragment_ids:
            self._again.pop(name, None)


_TAKEN: dict[str | None, Callable[[Visitor, ForwardMsg], None]] = {
    "delta": Visitor._takes_delta,  # noqa: SLF001 -- its own
    "navigation": Visitor._takes_page,  # noqa: SLF001
    "auto_rerun": Visitor._takes_again,  # noqa: SLF001
    "stop_auto_rerun": Visitor._takes_stop,  # noqa: SLF001
}


def visitor(address: str) -> Visitor:
    """A new tab at a portal, connected."""
    # Only a developer's installation has it, as only there is a benchmark run.
    from websockets.sync.client import connect  # noqa: PLC0415
    from websockets.typing import Origin  # noqa: PLC0415
    from websockets.typing import Subprotocol  # noqa: PLC0415

    host = urlsplit(address).netloc
    wire = connect(
        f"ws://{host}/_stcore/stream",
        origin=Origin(f"http://{host}"),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
    )
    return Visitor(wire)
