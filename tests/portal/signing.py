"""A portal on which people sign in: the file that says how, and a cookie as a sign-in leaves it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from streamlit import config
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from finops.access import users
from finops.access.actor import local_actor
from finops.access.clock import now
from finops.access.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.roles import Role

SECRET = "a secret of the tests, which signs their cookies"  # noqa: S105


def written(folder: Path, *, issuer: str = "http://127.0.0.1:1", port: int = 1) -> Path:
    """A file that says how people sign in, with one service."""
    file = folder / "sign-in.toml"
    file.write_text(f"""[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "tieout"
client_secret = "a secret of the service"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
""")
    return file


@contextmanager
def told(file: Path) -> Iterator[None]:
    """This process is told of the file, as a server by its command line."""
    config.set_option("secrets.files", [str(file)])
    secrets_singleton._reset()  # noqa: SLF001
    try:
        yield
    finally:
        config.set_option("secrets.files", [])
        secrets_singleton._reset()  # noqa: SLF001


def known(workspace: Path, name: str, *roles: Role, **other: object) -> None:
    """A person who may sign in, by the address name@example.com."""
    opened = open_workspace(workspace)
    said = {"email": f"{name.casefold()}@example.com", "roles": roles, "active": True} | other
    change = users.Change(**said)  # type: ignore[arg-type]
    users.set_user(
        opened.store, actor=local_actor(), at=now(), origin="test", name=name, change=change
    )
    opened.close()


def claims(name: str, **other: object) -> dict[str, object]:
    """What a service says of a person just now."""
    moment = now()
    return {
        "is_logged_in": True, "iss": "https://id.example.com", "sub": name, "nonce": "n1",
        "email": f"{name.casefold()}@example.com", "email_verified": True, "provider": "default",
        "iat": moment.timestamp(), "exp": (moment + timedelta(hours=1)).timestamp(),
    } | other  # fmt: skip


def cookies(said: dict[str, object], *, secret: str = SECRET) -> dict[str, str]:
    """The cookie that holds them, signed."""
    found: dict[str, str] = {}

    def sign(name: str, value: str) -> bytes:
        return create_signed_value(secret, name, value)

    def keep(name: str, value: str) -> None:
        found[name] = sign(name, value).decode()

    set_cookie_with_chunks(keep, sign, USER_COOKIE_NAME, said, cookie_attr_size=100)
    return found
