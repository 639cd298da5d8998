"""The digest: a meeting in a few lines, sent once to chat or mail, wherever an admin says."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.errors import UsageError
from finops.operations import minutes
from finops.operations import minutes_text
from finops.operations import taken
from finops.operations.actions import days_late
from finops.operations.comments import Comment
from finops.operations.decisions import Decision
from finops.operations.hosts import leads_within
from finops.operations.hosts import looked_up
from finops.operations.hosts import outside
from finops.operations.messenger import deliver
from finops.operations.outcomes import Outcome
from finops.operations.outcomes import tally
from finops.operations.review import meeting_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date

    from finops.operations.entries import Log
    from finops.operations.hosts import LookUp
    from finops.operations.review import Meeting


_LONGEST = 300


class Digest(NamedTuple):
    """What is sent: a heading, and lines of plain text."""

    title: str
    lines: tuple[str, ...]

    @property
    def body(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


def digest(log: Log, meeting: str, *, today: date) -> Digest:
    """A meeting in a few lines: what turned out, what was decided, who does what by when.

    Raises:
        UsageError: there is no such meeting.
    """
    held = meeting_of(log, meeting)
    return Digest(minutes_text.title(log, held), tuple(_lines(log, held, today)))


def send(
    found: Digest,
    addresses: Sequence[str],
    *,
    private: bool = False,
    look_up: LookUp = looked_up,
) -> int:
    """Send a digest to every address; how many took it.

    No address leads anywhere else when it is asked, nor into a private network unless `private`
    says that it may. All are looked at before the first is sent to, and each again as it is.
    `look_up` tells the IP addresses of a host.

    Raises:
        UsageError: no address is set, one is not understood or leads where it must not, or what
            sends is not installed.
    """
    if not addresses:
        message = "Nobody is to be told."
        raise UsageError(message, remedy="Name addresses in `notify` of finops.toml.")
    try:
        import apprise  # noqa: PLC0415 -- of the extra `notify`
    except ImportError as error:
        message = "What sends messages is not installed."
        raise UsageError(message, remedy="Install it with `pip install tieout[notify]`.") from error
    for place, address in enumerate(addresses, start=1):
        post = apprise.Apprise()
        if not post.add(address):
            message = f"Address {place} of `notify` is not understood."
            raise UsageError(message, remedy="See the addresses that apprise knows.")
        if not private:
            for service in post:
                outside(_hosts(service), place, look_up)
    sent = deliver(found.title, found.body, tuple(addresses), private=private)
    if sent.refused:
        raise leads_within(sent.refused[0], took=sent.took)
    return sent.took


def _hosts(service: object) -> set[str]:
    """The machines that a service of apprise talks to, as far as its address names them."""
    found = (getattr(service, name, None) for name in ("host", "smtp_host"))
    return {one for one in found if isinstance(one, str) and one}


def _lines(log: Log, held: Meeting, today: date) -> Iterator[str]:
    yield f"About {held.month} ({taken.figures(log, held)})."
    if told := tally(log.of(Outcome, held.key)):
        yield f"Earlier decisions: {told}."
    for one in log.of(Decision, held.key):
        money = f" ({one.expected:+,.0f} a month)" if one.expected else ""
        yield f"Decided: {_plain(one.choice)}{money}, {_plain(one.owner) or 'nobody'}."
    for action in taken.actions_of(log, held):
        if action.left:
            late = days_late(action, today)
            when = f"{late} days late" if late else f"by {action.due}"
            yield f"To do: {_plain(action.title)}, {_plain(action.owner)}, {when}."
    for said_to in log.of(Comment, held.key):
        if said_to.mentions:
            names = ", ".join(map(_plain, said_to.mentions))
            yield f"To {names}, from {_plain(said_to.by)}: {_plain(said_to.text)[:_LONGEST]}"
    if said := minutes.foot(minutes.told(log, held.key, today=today)):
        yield said


def _plain(text: str) -> str:
    """A person's text in one line; in a chat it must call nobody and link to nothing."""
    broken = " ".join(text.split())
    return broken.replace("@", "@\u200b").replace("<", "\u2039").replace(">", "\u203a")
