"""What is asked of us: the list's address, and the contact form as a stranger's browser posts it."""

from __future__ import annotations

from urllib.parse import urlencode

LIST = "/desk/views/all/"
SEARCH = "/desk/search"
# What a colleague types: common words and rare ones, the beginning of one, a phrase, operators, a person, a number.
SEARCHES = (
    *("환불 배송", "케이스에서", "이어폰 연결 안돼요", "grace", "brea", '"환불 배송"'),
    *(
        "status:open 환불",
        "status:closed priority:urgent 배송",
        "assignee:me 램프",
        "p77@customers.test",
        "#4242 환불",  # a number alone leads straight to its conversation
    ),
)
SUBMIT = "/hc/ko/requests/new"
TOKEN = "h" * 32  # a cookie and a field that agree are all Django's CSRF check wants
COOKIE = f"csrf={TOKEN}"
SUBJECT = "환불이 아직 안 왔어요"
TEXT = "지난주에 반품했는데 환불이 아직 안 들어왔어요. 언제 받을 수 있나요?"


def form(number: int) -> bytes:
    fields = {
        "csrfmiddlewaretoken": TOKEN,
        "client_id": f"bench-form-{number}",
        "product": "",
        "subject": f"{SUBJECT} {number}",
        "text": TEXT,
        "email": f"visitor-{number}@customers.test",
        "name": "방문자",
        "website": "",
    }
    return urlencode(fields).encode()


def address(number: int) -> str:
    """A visitor's own address on the loopback net: the form counts how often one place sends."""
    return f"127.{1 + number // 62_500 % 250}.{1 + number // 250 % 250}.{1 + number % 250}"
