"""The common ground of every noun: frozen, and no unknown field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints

Id = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
"""An identifier: what files, findings and rosters use to name a thing."""

Instant = AwareDatetime
"""A moment with its offset: wall-clock time for people, an exact point in time for rules."""

MINUTES_PER_DAY = 1440
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Frozen(BaseModel):
    """A value that never changes, and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields changed, unchecked; what this value had worked out from them is forgotten.

        Raises:
            TypeError: a name in ``update`` is no field.
        """
        fields = type(self).model_fields
        if unknown := [name for name in update or {} if name not in fields]:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(unknown)}")
        copied = super().model_copy(update=update, deep=deep)
        for worked_out in copied.__dict__.keys() - fields.keys():
            del copied.__dict__[worked_out]
        return copied


def minute_of(instant: datetime) -> int:
    """Return the minutes from 1970-01-01T00:00Z to ``instant``: exact across clock changes."""
    return int((instant - _EPOCH).total_seconds()) // 60


def clock_of(minute: int, zone: ZoneInfo) -> int:
    """Return the wall-clock minutes after midnight in ``zone`` of a moment given as by ``minute_of``."""
    local = (_EPOCH + timedelta(minutes=minute)).astimezone(zone)
    return local.hour * 60 + local.minute
