"""What can go wrong, and what to do about it.

* TieoutError
  x UsageError           the command or the page was asked for something that cannot be
  x InputError           a file or a value that was brought in cannot be used
    + ImportRefused      an import was not committed; the dataset is as before
  x RateMissing          a conversion is asked for and no rate is known
  x NotAllowed           the person may not do or see this
    + NotSignedIn        nobody is signed in, or no longer
  x Conflict             somebody else, or an earlier try, got there first
    + EditConflict       somebody else changed the same thing while this was being written
  x RecordsError         the record store cannot be read or written just now
  x DatasetError         the dataset on disk is not what its snapshot says
  x ConfigError          a setting cannot be used
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class TieoutError(Exception):
    """Base class: one sentence that says what is wrong, and a remedy that says what to do."""

    remedy = ""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        if remedy:
            self.remedy = remedy

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, as one line for a person."""
        return f"{self} {self.remedy}".strip()


class UsageError(TieoutError):
    """The command or the page was asked for something that cannot be."""


class InputError(TieoutError):
    """A file or a value that was brought in cannot be used."""


class ImportRefused(InputError):
    """An import was not committed; the dataset is as it was before."""


class RateMissing(TieoutError):
    """A conversion is asked for and no rate is known."""

    remedy = "Bring the rate with `finops rates add FILE`, or ask with `--currency billing`."


class NotAllowed(TieoutError):
    """The person may not do or see this."""


class NotSignedIn(NotAllowed):
    """Nobody is signed in, or no longer; whoever signs in again may go on."""

    remedy = "Sign in again."


class Conflict(TieoutError):
    """Somebody else, or an earlier try, got there first."""


class EditConflict(Conflict):
    """Somebody else changed the same thing while this was being written; nothing was written.

    `theirs` and `yours` are both texts, by field, so that nobody's words are lost; `version` is
    the one that the next edit has to name.
    """

    remedy = "Nothing was written. Look at both, and write what shall hold."

    def __init__(
        self,
        message: str,
        *,
        theirs: Mapping[str, object],
        yours: Mapping[str, object],
        version: int,
    ) -> None:
        super().__init__(message)
        self.theirs, self.yours, self.version = dict(theirs), dict(yours), version


class RecordsError(TieoutError):
    """The record store cannot be read or written just now; nothing was written."""

    remedy = "See that the disk has room and the database can be reached, then try again."


class DatasetError(TieoutError):
    """The dataset on disk is not what its snapshot says."""

    remedy = "Run `finops doctor`."


class ConfigError(TieoutError):
    """A setting cannot be used."""

    remedy = "Correct finops.toml or the FINOPS_ variable and start again."
