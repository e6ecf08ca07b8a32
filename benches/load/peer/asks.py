"""What is asked of the peer: its addresses, and its public form. Standard library only."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote, urlencode

ARTICLE = "/kb/refunds/"
SHELL = "/tickets/"
SUBMIT = "/tickets/submit/"
TOKEN = "m" * 32  # a cookie and a field that agree are all its CSRF check wants
_UNSOLVED = {
    "filtering": {"status__in": [1, 2]},
    "filtering_null": {},
    "sorting": "created",
    "sortreverse": "",
    "search_string": "",
}


def _listed(query: dict) -> str:
    return f"/datatables_ticket_list/{quote(base64.b64encode(json.dumps(query).encode()).decode())}"


LIST = _listed(_UNSOLVED)
SEARCHES = [
    _listed(_UNSOLVED | {"filtering": {}, "search_string": words}) for words in ("환불 배송", "케이스에서")
]
LIST_QUERY = urlencode({"draw": 1, "start": 0, "length": 50, "order[0][column]": 5, "order[0][dir]": "desc"})


def form(number: int, *, queue: int) -> bytes:
    fields = {
        "csrfmiddlewaretoken": TOKEN,
        "queue": queue,
        "title": f"환불이 아직 안 왔어요 {number}",
        "body": "지난주에 반품했는데 환불이 아직 안 들어왔어요. 언제 받을 수 있나요?",
        "priority": 3,
        "submitter_email": f"visitor-{number}@customers.test",
        "due_date": "",
    }
    return urlencode(fields).encode()
