"""Work on contacts that waits for a worker."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.models import Session

from handrail.contacts.browsers import Browser
from handrail.core.jobs.backend import task
from handrail.core.jobs.schedules import schedule


@schedule("0 5 * * *")
@task()
def forget_sessions() -> int:
    """Delete sessions that ran out, and what was noted of their browsers. Returns how many browsers that were."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    gone = Browser.objects.exclude(session_key__in=Session.objects.values("session_key"))
    return gone.delete()[0]
