"""Sign-in against a real provider, and all the ways in which nobody gets in by it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from typing import TYPE_CHECKING

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from finops.access import sign_ins
from finops.access.actor import local_actor
from finops.access.clock import now
from finops.access.roles import Role
from finops.access.workspace import open_workspace
from tests.browser.conftest import served
from tests.faults.reader import free_port
from tests.faults.reader import provider
from tests.faults.reader import Reader
from tests.lanes import thorough
from tests.pages import bills
from tests.portal import signing

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

PAGES = Path(__file__).parents[2] / "pages"
PATHS = sorted(
    "" if path.stem == "overview" else path.stem.replace("_", "-")
    for path in PAGES.glob("*/*.py")
    if path.stem != "__init__"
)


class House(NamedTuple):
    """A portal, the workspace that it stands on, and the service at which people sign in."""

    portal: str
    workspace: Path
    provider: str


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A portal on which Vera and Ruth may read the audit."""
    folder = tmp_path_factory.mktemp("sign-in")
    workspace = bills.three_months(folder)
    for name in ("Vera", "Ruth"):
        signing.known(workspace, name, Role.AUDITOR)
    port = free_port()
    with provider() as issuer:
        file = signing.written(folder, issuer=issuer, port=port)
        with signing.told(file), served(workspace, sign_in=str(file), port=port) as portal:
            yield House(portal, workspace, issuer)


@pytest.fixture
def reader(house: House) -> Iterator[Reader]:
    """A browser that has never been here."""
    with Reader(house.portal) as found:
        yield found


def vouch(house: House, name: str, **other: object) -> None:
    """What the service says of a person from now on."""
    said = {"email": f"{name.casefold()}@example.com", "email_verified": True, **other}
    address = f"{house.provider}/users/{name}"
    httpx.put(address, json=said, timeout=60, trust_env=False).raise_for_status()


@pytest.fixture
def somebody(house: House) -> Callable[..., str]:
    """Make a new person whom both the portal and the service know."""

    def person(name: str, **other: object) -> str:
        signing.known(house.workspace, name, Role.AUDITOR)
        vouch(house, name, **other)
        return name

    return person


def signed_in(house: House, name: str, ago: timedelta) -> dict[str, str]:
    """The cookie of somebody who signed in a while ago and did nothing since."""
    said = signing.claims(name, origin=house.portal)
    found = sign_ins.claims_of(said)
    assert found
    opened, who = open_workspace(house.workspace), local_actor(name)
    then = now() - ago
    sign_ins.begin(opened.store, actor=who, at=then, origin="test", key=None, which=found.key)
    opened.close()
    return signing.cookies(said)


def test_who_signs_in_is_in_and_back_on_the_page_that_was_asked_for(
    house: House, reader: Reader
) -> None:
    vouch(house, "Vera")
    assert reader.may() == 401
    assert reader.sign_in("Vera", "/finance?period=2026-09") == "/finance?period=2026-09"
    assert reader.may() == 200
    assert "Signed in as **Vera**" in reader.draw("finance").words


def test_who_declines_at_the_service_is_not_in(reader: Reader) -> None:
    back = reader.agree(reader.begin(), "Vera", action="deny")
    assert "error=access_denied" in back
    assert reader.get(back).headers["location"] == "/"
    assert reader.may() == 401


def test_an_answer_that_nobody_asked_for_is_none(house: House, reader: Reader) -> None:
    vouch(house, "Vera")
    back = reader.agree(reader.begin(), "Vera")
    reader.get(back.replace("state=", "state=x"))
    assert reader.may() == 401


def test_an_answer_holds_once_and_in_the_browser_that_asked(house: House, reader: Reader) -> None:
    vouch(house, "Vera")
    back = reader.agree(reader.begin(), "Vera")
    with Reader(house.portal) as thief:
        thief.get(back)
        assert thief.may() == 401
    reader.get(back)
    assert reader.may() == 200
    reader.cookies.clear()
    reader.get(back)
    assert reader.may() == 401


def test_a_code_that_was_used_is_used_up(house: House, reader: Reader) -> None:
    vouch(house, "Vera")
    used = reader.agree(reader.begin(), "Vera")
    reader.get(used)
    with Reader(house.portal) as other:
        fresh = other.agree(other.begin(), "Vera")
        old = used.partition("code=")[2].partition("&")[0]
        new = fresh.partition("code=")[2].partition("&")[0]
        other.get(fresh.replace(new, old))
        assert other.may() == 401


@pytest.mark.parametrize(
    "said",
    [
        {"iss": "https://id.example.com"},
        {"aud": "another portal"},
        {"exp": 1_700_000_000},
        {"nonce": "another"},
    ],
    ids=["issuer", "audience", "expired", "nonce"],
)
def test_what_was_said_by_or_to_somebody_else_or_long_ago_is_not_believed(
    said: dict[str, object], reader: Reader, somebody: Callable[..., str]
) -> None:
    name = somebody("Otto", **said)
    reader.sign_in(name)
    assert reader.may() == 401


@pytest.mark.parametrize("verified", thorough([False, None, "true"]))
def test_an_address_that_nobody_vouches_for_is_nobodys(
    verified: object, reader: Reader, somebody: Callable[..., str]
) -> None:
    reader.sign_in(somebody("Nora", email_verified=verified))
    assert reader.may() == 403
    assert "does not vouch for nora" in reader.draw().words


def test_whom_nobody_knows_gets_no_page_and_no_role(house: House, reader: Reader) -> None:
    vouch(house, "Eve")
    reader.sign_in("Eve")
    assert reader.may() == 403
    words = reader.draw("finance").words
    assert "is not known here" in words
    assert "Reconciliation" not in words


def test_who_was_let_go_is_out_at_once(
    house: House, reader: Reader, somebody: Callable[..., str]
) -> None:
    reader.sign_in(somebody("Dora"))
    assert reader.may() == 200
    signing.known(house.workspace, "Dora", active=False)
    assert reader.may() == 403
    assert "is not known here" in reader.draw().words


def test_a_role_that_is_taken_away_is_gone_at_the_next_look(
    house: House, reader: Reader, somebody: Callable[..., str]
) -> None:
    reader.sign_in(somebody("Rolf"))
    assert reader.may() == 200
    signing.known(house.workspace, "Rolf", Role.VIEWER)
    assert reader.may() == 403
    assert "Signed in as **Rolf**" in reader.draw().words


@pytest.mark.parametrize(
    ("ago", "why"),
    [(timedelta(minutes=31), "half an hour"), (timedelta(hours=8), "8 hours")],
    ids=["idle", "absolute"],
)
def test_a_session_ends_by_itself(
    ago: timedelta, why: str, house: House, reader: Reader, somebody: Callable[..., str]
) -> None:
    name = somebody("Ivo")
    reader.cookies.update(signed_in(house, name, timedelta(minutes=1)))
    assert reader.may() == 200
    reader.cookies.clear()
    reader.cookies.update(signed_in(house, name, ago))
    assert reader.may() == 401
    words = reader.draw("data").words
    assert why in words
    assert "Sign in to Tieout" in words
    reader.cookies.clear()
    reader.sign_in(name)
    assert reader.may() == 200


def test_who_signs_out_is_out_wherever_the_cookie_went(
    house: House, reader: Reader, somebody: Callable[..., str]
) -> None:
    reader.sign_in(somebody("Lena"))
    assert reader.may() == 200
    with Reader(house.portal) as copy:
        for one in reader.cookies.jar:
            copy.cookies.set(one.name, one.value or "")
        assert copy.may() == 200
        out = reader.get("/auth/logout")
        assert f"{house.provider}/oauth2/end_session" in out.headers["location"]
        assert reader.may() == 401
        assert not [one for one in reader.cookies.jar if one.name.startswith("_streamlit_user")]
        assert copy.may() == 401


def test_a_cookie_of_another_secret_is_nothing(reader: Reader) -> None:
    for secret in ("the secret of before it was changed for another one", "x" * 40):
        for name, value in signing.cookies(signing.claims("Vera"), secret=secret).items():
            reader.cookies.set(name, value)
        assert reader.may() == 401
        assert "Sign in to Tieout" in reader.draw().words


def test_a_forged_cookie_is_nothing(house: House, reader: Reader) -> None:
    vouch(house, "Vera")
    reader.sign_in("Vera")
    for one in list(reader.cookies.jar):
        if one.name.startswith("_streamlit_user"):
            value = (one.value or "").strip('"')
            reader.cookies.jar.clear(one.domain, one.path, one.name)
            reader.cookies.set(one.name, value[:-6] + "aaaaaa")
    assert reader.may() == 401
    assert "Sign in to Tieout" in reader.draw().words


def test_the_last_of_two_who_sign_in_in_one_browser_is_who_it_is(
    house: House, reader: Reader
) -> None:
    vouch(house, "Vera")
    vouch(house, "Ruth")
    reader.sign_in("Vera")
    first = reader.draw()
    reader.sign_in("Ruth")
    then = reader.draw(session=first.session)
    assert "Signed in as **Ruth**" in then.words
    assert "**Vera**" not in then.words


def test_nobody_takes_over_the_open_page_of_another(house: House, reader: Reader) -> None:
    vouch(house, "Vera")
    vouch(house, "Ruth")
    reader.sign_in("Vera")
    hers = reader.draw()
    with Reader(house.portal) as other:
        other.sign_in("Ruth")
        assert other.draw(session=hers.session).session != hers.session
    with Reader(house.portal) as stranger:
        found = stranger.draw(session=hers.session)
        assert found.session != hers.session
        assert "Sign in to Tieout" in found.words


@pytest.mark.parametrize(
    "told",
    [{"Origin": "https://evil.example.com"}, {"Origin": "null"}],
    ids=["another site", "a file"],
)
def test_a_page_of_another_site_opens_nothing_here(told: dict[str, str], house: House) -> None:
    wire = house.portal.replace("http", "ws", 1) + "/_stcore/stream"
    with pytest.raises(InvalidStatus) as refused:
        connect(wire, additional_headers=told)
    assert refused.value.response.status_code == 403


def test_who_calls_the_portal_by_another_name_gets_nothing(reader: Reader) -> None:
    for path in ("/", "/finance", "/media/1.csv", "/export/audit.csv"):
        assert reader.get(path, headers={"Host": "evil.example.com"}).status_code == 400


def test_nobody_is_believed_by_a_header(reader: Reader) -> None:
    names = ("X-Forwarded-User", "X-Forwarded-Email", "X-Auth-Request-Email", "Remote-User")
    said = dict.fromkeys(names, "vera@example.com")
    assert reader.get("/export/audit.csv", headers=said).status_code == 401
    reader.headers.update(said)
    assert "Sign in to Tieout" in reader.draw().words


def test_what_lies_beside_the_pages_is_closed_to_strangers(reader: Reader) -> None:
    for path in ("/media/1.csv", "/media/../media/1.csv", "/export/journal/2026-09.csv"):
        assert reader.get(path).status_code == 401
    assert reader.put("/_stcore/upload_file/1/2").status_code == 401
    for path in ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent"):
        assert reader.get(path).status_code == 404
    assert reader.get("/_stcore/health").status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_no_page_shows_anything_without_a_session(path: str, reader: Reader) -> None:
    words = reader.draw(path).words
    assert "Sign in to Tieout" in words
    assert "10/2026" not in words
    assert "UNALLOCATED" not in words


@pytest.mark.browser
@pytest.mark.parametrize("path", PATHS)
def test_the_first_link_after_a_start_leads_to_the_door(path: str, house: House) -> None:
    """No page is drawn without the frame, whichever is asked for first on a fresh server."""
    file = house.workspace.parent / "sign-in.toml"
    with served(house.workspace, sign_in=str(file)) as portal, Reader(portal) as first:
        found = first.draw(path)
    assert "Sign in to Tieout" in found.words
    assert "view-" not in found.words
