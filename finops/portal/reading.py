"""Reading: what one run of a page reads once: who looks, under which settings, at what.

A page asks for its reader some thirty times. All of a run sees one answer; the next run, a
fragment's too, reads anew, so that a role that was taken away is gone with it.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING
from typing import TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Hashable

Read = TypeVar("Read")
_KEPT = "_tieout_reading"


class _Reading(NamedTuple):
    """What was read so far, and the mark of the run: an object that each run makes anew."""

    run: object
    found: dict[Hashable, object]


def once(what: Hashable, read: Callable[[], Read]) -> Read:
    """What was read in this run; outside of a run it is read each time."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return read()
    kept: _Reading | None = getattr(context, _KEPT, None)
    if kept is None or kept.run is not context.cursors:
        kept = _Reading(context.cursors, {})
        setattr(context, _KEPT, kept)
    if what not in kept.found:
        kept.found[what] = read()
    found: Read = kept.found[what]  # type: ignore[assignment]
    return found


def forget() -> None:
    """Read everything anew: what was done in this run has changed it."""
    context = get_script_run_ctx(suppress_warning=True)
    if kept := getattr(context, _KEPT, None):
        kept.found.clear()
