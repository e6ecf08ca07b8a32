"""Sessions in the database, as Django keeps them, read and begun with less work: every request of a browser we know has one."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string

from handrail.core.prepared import sql_with


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found = Session.objects.raw(*sql_with("session", _named, self.session_key or ""))
        session = next(iter(found), None)
        if session is None or session.expire_date <= timezone.now():
            self._session_key = None
            return None
        return session

    def _get_new_session_key(self) -> str:
        # Django looks first whether the key is taken. It never is: 165 random bits, and the insert itself would refuse.
        return get_random_string(32, VALID_KEY_CHARS)


def _named(key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)
