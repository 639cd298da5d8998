"""Who looks: whoever signed in, by a cookie that is ours, or the one person of a laptop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.access.roles import Role
from finops.portal import desk
from finops.portal import identity
from tests.portal import signing

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_word_on_sign_in_the_portal_is_one_persons(
    three_months: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(three_months))
    monkeypatch.setenv("FINOPS_AS", "ada")
    assert not identity.signs_in()
    assert identity.providers() == ()
    assert identity.local(desk.people()).roles == set(Role)
    offered = identity.choices(desk.people())
    assert offered[:2] == ("ada", "Leadership")
    assert set(identity.PERSONAS) <= set(offered)


def test_where_sign_in_is_set_up_it_is_asked_for_even_if_its_file_cannot_be_read(
    three_months: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(three_months))
    monkeypatch.setenv("FINOPS_SIGN_IN", str(tmp_path / "gone.toml"))
    assert identity.signs_in()


def test_each_service_is_offered_by_its_name(tmp_path: Path) -> None:
    file = signing.written(tmp_path)
    with signing.told(file):
        assert identity.signs_in()
        assert identity.providers() == ("default",)
    file.write_text(file.read_text() + '\n[auth.work]\nclient_id = "1"\n')
    with signing.told(file):
        assert identity.providers() == ("default", "work")


def test_a_cookie_is_believed_if_its_signature_is_ours(tmp_path: Path) -> None:
    with signing.told(signing.written(tmp_path)):
        said = signing.claims("Vera")
        assert identity.claims_in(signing.cookies(said))["email"] == "vera@example.com"
        long = signing.claims("Vera", note="x" * 9000)
        assert identity.claims_in(signing.cookies(long)) == long
        assert identity.claims_in(signing.cookies(said, secret="another" * 9)) == {}
        forged = {name: f"{text}x" for name, text in signing.cookies(said).items()}
        assert identity.claims_in(forged) == {}
        assert identity.claims_in({}) == {}
        token = identity.asked.set(signing.cookies(said))
        assert identity.claims()["sub"] == "Vera"
        identity.asked.reset(token)
        assert identity.claims() == {}


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_it_knows_whether_it_is_reached_by_https(scheme: str, tmp_path: Path) -> None:
    file = signing.written(tmp_path)
    file.write_text(file.read_text().replace("http://127", f"{scheme}://127", 1))
    with signing.told(file):
        assert identity.by_https("http") == (scheme == "https")
        assert identity.by_https("https")
