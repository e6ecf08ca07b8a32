"""Where somebody's clock stands: what they or a colleague said, else a guess that every better word replaces.

A zone is a guess where it is the site's, with which everybody begins, or a mere distance from UTC ("Etc/GMT+5"), as the
clock of a mail tells it. What a browser says is a place, and stands over a guess and below what was chosen.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from handrail.contacts.models import Identity, Person
from handrail.core.actors import CanAct

DISTANCE = "Etc/GMT"
# The one offset of half an hour at which a whole country, and nobody who changes the clock, lives.
INDIA = {timedelta(hours=5, minutes=30): "Asia/Kolkata"}
EAST, WEST = timedelta(hours=14), timedelta(hours=-12)
VOUCHED = 1


def is_guess(zone: str) -> bool:
    """Whether nobody said it: the zone everybody begins with, or a distance read off a mail."""
    return zone == settings.TIME_ZONE or zone.startswith(DISTANCE)


def zone_at(offset: timedelta, *, at: datetime) -> str:
    """The zone a mail's own offset hints at; "" for none.

    The site's, where clocks there show the same. UTC hints at nothing: most servers that hide where somebody is write it.
    """
    if not offset:
        return ""
    if offset == at.astimezone(ZoneInfo(settings.TIME_ZONE)).utcoffset():
        return settings.TIME_ZONE
    if offset in INDIA:
        return INDIA[offset]
    hours, rest = divmod(offset, timedelta(hours=1))
    # These names count from Greenwich to the west.
    return f"{DISTANCE}{-hours:+d}" if not rest and WEST <= offset <= EAST else ""


def learn_zone(person: Person, zone: str, *, assurance: int, by: CanAct, address: str = "") -> bool:
    """Keep where somebody's own device says they are, unless we know better. Returns whether it was kept.

    address    what it came from, where that is all that names them
    assurance  how sure that is: a mere claim moves nobody whose address we know for more
    """
    if not zone or zone == person.zone or not is_guess(person.zone):
        return False
    if address and assurance < min(_assurance_of(person, address), VOUCHED):
        return False
    person.describe(zone=zone, by=by)
    return True


def _assurance_of(person: Person, address: str) -> int:
    known = Identity.objects.filter(person=person, kind=Identity.Kind.EMAIL, value=address).first()
    return known.assurance if known else VOUCHED
