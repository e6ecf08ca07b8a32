"""What the server runs: the edge in front of Django. `uvicorn handrail.config.asgi:application`."""

from __future__ import annotations

import os
from collections.abc import Mapping

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

from handrail.config.wsgi import application as django  # isort: skip  (sets Django up)

from django.conf import settings
from django.db import DatabaseError, connection

from handrail.config.env import whole
from handrail.core import bus
from handrail.web.edge.adapter import Adapter
from handrail.web.edge.front import TOPICS, Front
from handrail.web.edge.keys import Keys
from handrail.web.edge.pages import Pages
from handrail.web.edge.stamps import Stamps
from handrail.web.edge.static import Static
from handrail.web.failing import told_by_edge
from handrail.web.portal import sheets


def read_stamps() -> Mapping[int, tuple[int, int]]:
    """Each brand's content stamp, and the one below which nothing may be shown. The edge's only look at a room."""
    from handrail.workspace.models import Brand

    found = Brand.objects.values_list("pk", "content_stamp", "withdrawn_stamp")
    try:
        return {pk: (stamp, withdrawn) for pk, stamp, withdrawn in found}
    except DatabaseError:
        # No request ends in this thread, so nothing else would give up a connection that broke.
        connection.close()
        raise


adapter = Adapter(
    django,
    threads=whole("HANDRAIL_THREADS", default=2),
    waiting=whole("HANDRAIL_WAITING_MAX", default=64),
    body=settings.BODY_SIZE_MAX,
    tell=told_by_edge,
)
# A file is changed by this host only, and what changes it says so at once; a server may have other hosts.
stamps = Stamps(read_stamps, is_shared=connection.vendor == "postgresql")
pages = Pages(
    adapter,
    stamps,
    Keys((settings.SESSION_COOKIE_NAME, "messages")),
    most=whole("HANDRAIL_PAGE_CACHE_BYTES", default=64 * 1_048_576),
)


def forget() -> None:
    """The database was replaced: nothing that was made from the old one may be shown."""
    pages.forget()
    sheets.forget()


stamps.on_going_back(forget)
application = Front(
    django=adapter,
    pages=pages,
    static=Static(sorted(settings.WEB.glob("*/static"))),
    stamps=stamps,
    listen=lambda: bus.listener_for("web", TOPICS),
)
