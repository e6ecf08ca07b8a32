"""The edge: one small ASGI application in front of Django. No Django view, no ORM.

Answers  cached anonymous pages (pages.py), static files (static.py), event streams (streams.py), /healthz
Passes   the rest to Django as WSGI in a few threads (adapter.py)
Offers   cacheable (a view opts in), mint and frame (who may listen, and what a replay is made of)
Never    reads a room: config/asgi.py hands it one function that reads the brands' content stamps
"""

from handrail.web.edge.optin import cacheable
from handrail.web.edge.stream import frame
from handrail.web.edge.tokens import mint

__all__ = ["cacheable", "frame", "mint"]
