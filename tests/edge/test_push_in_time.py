"""An assignment on a running site, in processes of its own, reaches the assignee's push service within ten seconds."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from django.conf import settings
from pytest_httpserver import HTTPServer

from tests.faults.site import Site
from tests.faults.talkers import Browser as Window
from tests.push_service import Browser

SHOWN_WITHIN_SECONDS = 10  # what an agent is promised


@dataclass
class Pushing(Site):
    """A site that may reach the push service of this machine, and signs with the key that service expects."""

    push_port: int = 0

    @property
    def env(self) -> dict[str, str]:
        return super().env | {
            "HANDRAIL_FETCH_INTERNAL": f"localhost:{self.push_port}",
            "HANDRAIL_PUSH_SECRET": settings.PUSH_SECRET,
        }


@pytest.mark.faults
def test_an_assignment_is_pushed_within_ten_seconds(tmp_path):
    commands = {"web": ["-m", "handrail", "serve"], "worker": ["-m", "handrail", "worker"]}
    with HTTPServer(host="localhost") as service:
        phone = Browser(service)
        site = Pushing(tmp_path, commands, push_port=service.port)
        site.make_tables()
        giver, taker, taker_id, number = site.ask("tests.faults.census", "prepare_desk")
        with site.up(site.web_port):
            one, two = (
                Window(site.web_port, {settings.SESSION_COOKIE_NAME: session}) for session in (giver, taker)
            )
            assert two.post("/desk/push", **phone.given) == {"pushes": True}
            pressed = time.monotonic()
            one.post(f"/desk/conversations/{number}/assignment", assignee=str(taker_id))
            while not phone.got and time.monotonic() < pressed + SHOWN_WITHIN_SECONDS:
                time.sleep(0.05)
            assert site.ended() == []

    assert phone.got, f"nothing was pushed within {SHOWN_WITHIN_SECONDS} seconds"
    assert phone.moments[0] - pressed < SHOWN_WITHIN_SECONDS
    said = phone.read()
    assert said["path"] == f"/desk/conversations/{number}" and said["title"].startswith(f"#{number} ")
