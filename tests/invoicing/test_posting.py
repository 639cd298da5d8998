"""The journal's accounts are the usual ones, but for those that somebody has set."""

from __future__ import annotations

import pytest

from finops.errors import ConfigError
from finops.invoicing.posting import Accounts


def test_accounts_are_configuration() -> None:
    assert Accounts.of({}).prepaid == "1400"
    assert Accounts.of({"prepaid": "1234"}).prepaid == "1234"


def test_an_account_for_a_role_that_there_is_not_is_refused() -> None:
    with pytest.raises(ConfigError, match="no account for 'prepayed'"):
        Accounts.of({"prepayed": "1"})
