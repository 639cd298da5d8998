"""Settings: what a workspace is told in finops.toml or by FINOPS_ variables, and nothing else."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Annotated
from typing import Any
from typing import TYPE_CHECKING

from pydantic import AfterValidator
from pydantic import Field
from pydantic import PositiveInt
from pydantic import ValidationError
from pydantic_settings import BaseSettings
from pydantic_settings import SettingsConfigDict
from pydantic_settings import TomlConfigSettingsSource

from finops.core.fault import POINTS
from finops.errors import ConfigError

if TYPE_CHECKING:
    from pydantic_settings import PydanticBaseSettingsSource

FILE = "finops.toml"
"""The settings file of a workspace; a FINOPS_ variable goes before what it says."""

_PREFIX = "FINOPS_"


def _crash_point(name: str) -> str:
    if name and name not in POINTS:
        message = f"is none of {', '.join(POINTS)}"
        raise ValueError(message)
    return name


def _records_file(told: dict[str, Any]) -> str:
    return f"sqlite:///{told['workspace'] / 'records.sqlite'}"


class Settings(BaseSettings):
    """Every setting, what it is for, and what holds when nobody sets it."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="forbid")

    workspace: Path = Field(description="The folder that holds the organization's data.")
    today: date | None = Field(default=None, description="The day that counts as today in a demo.")
    records_url: str = Field(
        default_factory=_records_file,
        repr=False,
        description="Where people's words are kept: SQLite in the workspace, or PostgreSQL.",
    )
    memory_limit: str = Field(
        default="1GB",
        pattern=r"^[0-9]+(\.[0-9]+)? ?([KMGT]i?B)$",
        description="The memory that the engine may take.",
    )
    threads: PositiveInt | None = Field(
        default=None, description="The engine's threads; as many as there are cores when left out."
    )
    max_ratio: PositiveInt = Field(
        default=200,
        description="How many times larger than its file an import may be when unpacked.",
    )
    max_bytes: PositiveInt = Field(
        default=20_000_000_000, description="How many bytes an import may have when unpacked."
    )
    max_rows: PositiveInt = Field(
        default=50_000_000, description="How many lines an import may have."
    )
    close_coverage: Decimal = Field(
        default=Decimal("0.8"),
        ge=0,
        le=1,
        description="The share of a month's effective cost that must have a team to close it.",
    )
    close_second_approver: bool = Field(
        default=True, description="Whether a second person must approve a close or a reopening."
    )
    statement_quiet_days: PositiveInt = Field(
        default=10, description="After how many days silence accepts a closed month's statement."
    )
    chargeback_quiet_months: PositiveInt = Field(
        default=3, description="How many months in a row an owner agrees to before a chargeback."
    )
    journal_accounts: dict[str, str] = Field(
        default={}, description="Accounts of the journal by role, where they are not the usual."
    )
    issues: str = Field(
        default="",
        description="Where new issues are made of actions: `github+https://github.com/acme/infra`, "
        "or the same of gitlab or jira.",
    )
    notify: tuple[str, ...] = Field(
        default=(),
        repr=False,
        description="Where the digest of a meeting is sent: addresses as apprise knows them.",
    )
    notify_private: bool = Field(
        default=False,
        description="Whether the digest may be sent into a private network, such as to your chat.",
    )
    sign_in: Path | None = Field(
        default=None,
        description="The file, outside the project, that says how people sign in (OIDC); without "
        "it the portal is one person's.",
    )
    fault: Annotated[str, AfterValidator(_crash_point)] = Field(
        default="", description="For crash tests, as a variable only: the point at which to die."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        *_others: PydanticBaseSettingsSource,
        **_named: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is passed goes before the environment, and that before the workspace's file."""
        file = Path(init_settings()["workspace"]) / FILE
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, file)


def load_settings(workspace: Path) -> Settings:
    """Read the settings of a workspace; the folder and its file need not exist yet.

    Raises:
        ConfigError: with the name of the setting that cannot be used; its value is not told,
            because it may hold a password.
    """
    file = workspace / FILE
    said = file.read_bytes() if file.is_file() else b""
    told = tuple(sorted((k, v) for k, v in os.environ.items() if k.upper().startswith(_PREFIX)))
    return _loaded(workspace.resolve(), said, told)


@lru_cache(maxsize=16)
def _loaded(workspace: Path, _said: bytes, _told: tuple[tuple[str, str], ...]) -> Settings:
    """The settings, read once for what the file and the environment say; a page asks often."""
    try:
        return Settings(workspace=workspace)
    except TOMLDecodeError as error:
        message = f"{FILE}: {error}."
        raise ConfigError(message) from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        message = f"{name}: {first['msg'].removeprefix('Value error, ')}."
        raise ConfigError(message) from error
