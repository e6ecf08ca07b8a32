"""A person in a browser, who presses what the page offers. CSRF is checked, as for everybody."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail
from django.http import HttpResponse
from django.test import Client

from handrail.conversations.conversation import Conversation
from handrail.core.jobs.worker import drain

HIDDEN = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken" value="([^"]+)"')
LINK = re.compile(r"https?://[^/\s]+(/hc/\S+)")


class Visitor:
    def __init__(self, locale: str = "ko") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.locale = locale
        self.page: HttpResponse | None = None

    def path(self, place: str) -> str:
        return place if place.startswith("/") else f"/hc/{self.locale}/{place}"

    def opens(self, place: str, **more: Any) -> HttpResponse:
        self.page = self.client.get(self.path(place), **more)
        return self.page

    def presses(self, place: str, _json: bool = False, **fields: Any) -> HttpResponse:
        """POST with the token a page would carry."""
        headers = {"accept": "application/json"} if _json else {}
        token = self.client.get("/token").json()["token"]
        return self.client.post(self.path(place), {"csrfmiddlewaretoken": token, **fields}, headers=headers)

    def says(self, text: str, **fields: Any) -> dict[str, Any]:
        """In the chat, as its script would; the snapshot."""
        answer = self.presses("chat", _json=True, text=text, **fields)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def hears(self, snapshot: dict[str, Any], *, after: int | None = None) -> dict[str, Any]:
        """What is new since a snapshot."""
        return self.client.get(
            snapshot["messages"], {"after": snapshot["last"] if after is None else after}
        ).json()

    def tells_read(self, conversation: Conversation, *, delivered: object, read: object) -> HttpResponse:
        """As the window's script does."""
        return self.presses(f"talk/{conversation.public_id}/read", delivered=str(delivered), read=str(read))

    def snapshot(self, conversation: Conversation) -> dict[str, Any]:
        return self.client.get(self.path(f"talk/{conversation.public_id}/messages")).json()

    def signs_in(self, email: str, **fields: Any) -> Visitor:
        """By a mailed link."""
        before = len(mail.outbox)
        self.presses("sign-in/link", email=email, **fields)
        drain()
        assert len(mail.outbox) == before + 1, "no mail came"
        self.page = self.presses(mailed_link(-1))
        assert self.page.status_code == 302, self.page.content
        return self


def mailed_link(index: int = -1) -> str:
    """The path in a mail that went out."""
    body = mail.outbox[index].message().get_body(("plain",)).get_content()
    found = LINK.search(body)
    assert found, body
    return found[1]
