"""Exports: what is taken away from the portal, through a door that asks who takes it.

Streamlit's own downloads are told apart by samples of their bytes and are served to anybody, and
its tables' say nothing of how final a month is; all that is taken away goes through here.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.responses import PlainTextResponse
from starlette.responses import Response
from starlette.routing import Route

from finops.access import trail
from finops.access.roles import Permission
from finops.access.scope import require_whole
from finops.access.scope import viewer_of
from finops.core.period import BillingPeriod
from finops.errors import NotAllowed
from finops.errors import TieoutError
from finops.invoicing import books_of
from finops.invoicing.certificate import certificate
from finops.invoicing.certificate import packed
from finops.invoicing.close import SHORT
from finops.invoicing.marks import marks
from finops.invoicing.marks import says
from finops.operations import kit
from finops.operations import taken
from finops.operations.recharging import journal_of
from finops.operations.telling import tell
from finops.portal import desk
from finops.portal import set_up
from finops.reporting import journal_table
from finops.reporting import statement_table
from finops.reporting import worklist_table
from finops.reporting.exports import About
from finops.reporting.exports import exported
from finops.workloads.progress import progress_of
from finops.workloads.worklist import worklist

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from finops.access.actor import Actor
    from finops.dataset import Dataset

CERTIFICATE = "/export/certificate"
JOURNAL = "/export/journal"
STATEMENT = "/export/statement"
AUDIT = "/export/audit"
REVIEW = "/export/review"
KIT = "/export/kit.html"
WORKLIST = "/export/worklist"
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class File(NamedTuple):
    """What is handed out: under which name, its bytes, and what kind of file it is."""

    name: str
    content: bytes
    media: str


def routes() -> list[Route]:
    """The addresses that answer besides Streamlit's own."""
    doors: tuple[tuple[str, Callable[[Request], File]], ...] = (
        (CERTIFICATE + "/{month}.zip", certified),
        (JOURNAL + "/{month}.{kind}", journal),
        (STATEMENT + "/{month}.{kind}", statement),
        (AUDIT + ".{kind}", audited),
        (REVIEW + "/{meeting}.{kind}", reviewed),
        (WORKLIST + ".{kind}", worked),
        (KIT, first_meeting),
    )
    return [Route(path, _door(take), methods=["GET"]) for path, take in doors]


def address(door: str, month: str, kind: str, *, owner: str = "") -> str:
    """Where the journal, or an owner's (`Dimension=Value`) statement, of a month is taken from.

    It is of the day that is looked at, where the reader has chosen one.
    """
    asked = urlencode({k: v for k, v in (("owner", owner), ("as_of", desk.as_of())) if v})
    return f"{door}/{month}.{kind}" + (f"?{asked}" if asked else "")


def journal(request: Request) -> File:
    """The journal of a month as csv or xlsx, for whoever may read all cost."""
    actor = _reader(Permission.READ_COST, "The journal")
    period, kind = _month(request), request.path_params["kind"]
    found = journal_of(
        desk.workspace(),
        _seen(request, actor),
        period,
        accounts=set_up.accounts(),
        today=desk.today(),
        terms=set_up.owners_terms(),
    )
    told = journal_table.about(found, by=actor.name, on=desk.today())
    lines = journal_table.rows(found)
    content = exported(journal_table.COLUMNS, lines, kind=kind, about=told)
    name = f"journal-{period}-v{found.version}-{found.source[:SHORT]}-{_dashed(found.mark)}.{kind}"
    return File(name, content, _MEDIA[kind])


def statement(request: Request) -> File:
    """An owner's statement of a month as csv or xlsx, for whoever may read all cost."""
    actor = _reader(Permission.READ_COST, "A statement")
    period, kind = _month(request), request.path_params["kind"]
    found = tell(
        desk.workspace(),
        _seen(request, actor),
        period,
        scope=request.query_params.get("owner", ""),
        today=desk.today(),
        terms=set_up.owners_terms(),
    )
    told = found.statement
    rows = statement_table.rows(told, mark=found.mark)
    about = statement_table.about(told, mark=found.mark, by=actor.name, on=desk.today())
    content = exported(statement_table.COLUMNS, rows, kind=kind, about=about)
    name = f"statement-{period}-{_plain(told.team)}-{told.digest[:SHORT]}-{_dashed(found.mark)}"
    return File(f"{name}.{kind}", content, _MEDIA[kind])


def worked(request: Request) -> File:
    """What is to be done as csv or xlsx, of one team or of all that the reader sees."""
    actor = desk.actor()
    actor.require(Permission.READ_COST)
    workspace, dataset = desk.workspace(), _seen(request, actor)
    kind, team = request.path_params["kind"], request.query_params.get("team", "")
    told = worklist(workspace, dataset, today=desk.today())
    found = tuple(one for one in told.findings if team in {"", one.resource.team})
    final = says(marks(dataset, books_of(workspace, dataset.snapshot).closings, *told.window))
    known = progress_of(workspace, today=desk.today())
    lines = worklist_table.rows(told, found, known, mark=final)
    about = worklist_table.about(told, mark=final, team=team, by=actor.name, on=desk.today())
    content = exported(worklist_table.COLUMNS, lines, kind=kind, about=about)
    return File(f"worklist-{told.window.start}-{told.snapshot}.{kind}", content, _MEDIA[kind])


def reviewed(request: Request) -> File:
    """A meeting's minutes, actions or days, for whoever may read all cost."""
    actor = _reader(Permission.READ_COST, "The meeting")
    asked = request.path_params
    log = desk.log()
    who, today = actor.name, desk.today()
    found = taken.take(log, asked["meeting"], asked["kind"], today=today, by=who)
    return File(found.name, found.content, found.media)


def first_meeting(_: Request) -> File:
    """What helps before a first meeting, as a page; it holds no figure of anybody's."""
    return File("first-review.html", kit.html().encode(), "text/html; charset=utf-8")


def certified(request: Request) -> File:
    """The certificate of a closed month as a zip, for whoever may read all cost."""
    actor = _reader(Permission.READ_COST, "The certificate")
    month = str(_month(request))
    provider = request.query_params.get("provider", "")
    found = certificate(desk.workspace(), month, provider=provider)
    content = packed(desk.workspace(), found, actor=actor)
    return File(f"certificate-{month}-{found.seal[:SHORT]}.zip", content, "application/zip")


def audited(request: Request) -> File:
    """The events that are looked for, the latest first, for whoever may read all of the audit."""
    asked, kind = request.query_params, request.path_params["kind"]
    sought = trail.sought(**{name: asked.get(name, "") for name in trail.Sought._fields})
    actor = _reader(Permission.READ_AUDIT, "The log")
    found = trail.entries(desk.workspace().store, actor, sought)
    only = ", ".join(f"{name} {asked[name]}" for name in trail.Sought._fields if asked.get(name))
    about = About("Audit log", actor.name, desk.today(), only=only)
    lines = (entry.plain() for entry in found)
    content = exported(trail.Entry._fields, lines, kind=kind, about=about)
    return File(f"audit.{kind}", content, _MEDIA[kind])


def _door(take: Callable[[Request], File]) -> Callable[[Request], Response]:
    """Hand out what is taken, never to be kept on the way; or say why it is not handed out."""

    def answer(request: Request) -> Response:
        try:
            found = take(request)
        except NotAllowed as error:
            return PlainTextResponse(error.sentence, status_code=403)
        except TieoutError as error:
            return PlainTextResponse(error.sentence, status_code=404)
        named = {"Content-Disposition": f'attachment; filename="{found.name}"'}
        headers = named | {"Cache-Control": "no-store"}
        return Response(found.content, media_type=found.media, headers=headers)

    return answer


def _reader(needs: Permission, what: str) -> Actor:
    """Whoever takes something away that tells of all cost.

    Raises:
        NotAllowed: this person may not, or sees a part of the cost.
    """
    actor = desk.actor()
    actor.require(needs)
    require_whole(actor, what)
    return actor


def _seen(request: Request, actor: Actor) -> Dataset:
    """All charges that the reader may see, as of the day that was looked at."""
    then = request.query_params.get("as_of")
    return desk.workspace().dataset(viewer_of(actor), as_of=then)


def _month(request: Request) -> BillingPeriod:
    return BillingPeriod.parse(request.path_params["month"])


def _dashed(mark: str) -> str:
    return mark.replace(" ", "-")


def _plain(name: str) -> str:
    """A name as a file may have it in every system."""
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name)
