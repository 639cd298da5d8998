"""Exports: what is taken away from the portal, through a door that asks who takes it.

Streamlit's own downloads are told apart by samples of their bytes and are served to anybody; what
is large, or is evidence, goes through here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse
from starlette.responses import Response
from starlette.routing import Route

from finops.access import trail
from finops.access.roles import Permission
from finops.access.scope import require_whole
from finops.core.period import BillingPeriod
from finops.errors import NotAllowed
from finops.errors import TieoutError
from finops.invoicing.certificate import certificate
from finops.invoicing.certificate import packed
from finops.invoicing.close import SHORT
from finops.invoicing.posted import journal_of
from finops.operations import taken
from finops.operations.entries import log_of
from finops.portal import desk
from finops.reporting import journal_table
from finops.reporting.exports import exported

if TYPE_CHECKING:
    from starlette.requests import Request

    from finops.access.actor import Actor

CERTIFICATE = "/export/certificate"
JOURNAL = "/export/journal"
AUDIT = "/export/audit"
REVIEW = "/export/review"
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def routes() -> list[Route]:
    """The addresses that answer besides Streamlit's own."""
    return [
        Route(CERTIFICATE + "/{month}.zip", certified, methods=["GET"]),
        Route(JOURNAL + "/{month}.{kind}", journal, methods=["GET"]),
        Route(AUDIT + ".{kind}", audited, methods=["GET"]),
        Route(REVIEW + "/{meeting}.{kind}", reviewed, methods=["GET"]),
    ]


def _reader(needs: Permission, what: str) -> Actor:
    """Whoever takes something away that tells of all cost.

    Raises:
        NotAllowed: this person may not, or sees a part of the cost.
    """
    actor = desk.actor()
    actor.require(needs)
    require_whole(actor, what)
    return actor


def journal(request: Request) -> Response:
    """The journal of a month as csv or xlsx, for whoever may read all cost."""
    try:
        _reader(Permission.READ_COST, "The journal")
        period = BillingPeriod.parse(request.path_params["month"])
        kind = request.path_params["kind"]
        found = journal_of(desk.workspace(), desk.whole(), period, accounts=desk.accounts())
        content = exported(journal_table.COLUMNS, journal_table.rows(found), kind=kind)
    except NotAllowed as error:
        return PlainTextResponse(error.sentence, status_code=403)
    except TieoutError as error:
        return PlainTextResponse(error.sentence, status_code=404)
    final = found.mark.replace(" ", "-")
    name = f"journal-{period}-v{found.version}-{found.source[:SHORT]}-{final}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=_MEDIA[kind], headers=headers)


def reviewed(request: Request) -> Response:
    """A meeting's minutes, actions or days, for whoever may read all cost."""
    try:
        _reader(Permission.READ_COST, "The meeting")
        asked = request.path_params
        log = log_of(desk.workspace())
        found = taken.take(log, asked["meeting"], asked["kind"], today=desk.today())
    except NotAllowed as error:
        return PlainTextResponse(error.sentence, status_code=403)
    except TieoutError as error:
        return PlainTextResponse(error.sentence, status_code=404)
    named = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    headers = named | {"Cache-Control": "no-store"}
    return Response(found.content, media_type=found.media, headers=headers)


def certified(request: Request) -> Response:
    """The certificate of a closed month as a zip, for whoever may read all cost."""
    try:
        actor = _reader(Permission.READ_COST, "The certificate")
        month = str(BillingPeriod.parse(request.path_params["month"]))
        provider = request.query_params.get("provider", "")
        found = certificate(desk.workspace(), month, provider=provider)
        content = packed(desk.workspace(), found, actor=actor)
    except NotAllowed as error:
        return PlainTextResponse(error.sentence, status_code=403)
    except TieoutError as error:
        return PlainTextResponse(error.sentence, status_code=404)
    name = f"certificate-{month}-{found.seal[:SHORT]}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/zip", headers=headers)


def audited(request: Request) -> Response:
    """The events that are looked for, the latest first, for whoever may read all of the audit."""
    asked, kind = request.query_params, request.path_params["kind"]
    try:
        sought = trail.sought(**{name: asked.get(name, "") for name in trail.Sought._fields})
        actor = _reader(Permission.READ_AUDIT, "The log")
        found = trail.entries(desk.workspace().store, actor, sought)
        content = exported(trail.Entry._fields, (entry.plain() for entry in found), kind=kind)
    except NotAllowed as error:
        return PlainTextResponse(error.sentence, status_code=403)
    except TieoutError as error:
        return PlainTextResponse(error.sentence, status_code=404)
    headers = {"Content-Disposition": f'attachment; filename="audit.{kind}"'}
    headers |= {"Cache-Control": "no-store"}
    return Response(content, media_type=_MEDIA[kind], headers=headers)
