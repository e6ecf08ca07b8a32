"""*Why here?* says why nothing vouched for a mail's sender."""

from __future__ import annotations

import pytest
from django.utils import translation

from handrail.channels.mail.authenticity import Verdict
from handrail.conversations.models import Message
from handrail.intake.distrusted import REASONS
from handrail.intake.why import why
from tests.intake.arriving import arrive, mail

__all__ = ["arrive"]
HOP = "mx.handrail.test"


def reasons() -> str:
    with translation.override("en"):
        return "\n".join(why(Message.objects.filter(direction="in").latest("pk")).threading)


def test_a_forged_result_below_our_own_line_is_told_as_one(world, arrive, settings):
    settings.MAIL_TRUSTED_HOP = HOP
    forged = (
        f"Received: from evil.example by {HOP} with ESMTP id 1; Tue, 05 Mar 2024 10:02:12 +0900\n"
        f"Authentication-Results: {HOP}; spf=pass; dkim=pass header.d=example.com; dmarc=pass header.from=example.com"
    )
    arrive(mail(headers=forged), envelope_from="attacker@evil.example")

    assert "did not sign the mail" in reasons()
    assert "Authentication-Results that do not count" in reasons()


def test_without_any_result_it_says_that_nothing_vouches(world, arrive):
    arrive(mail())

    assert "our own mail server vouches for nothing" in reasons()
    assert "Authentication-Results" not in reasons()


def test_our_own_servers_no_is_told(world, arrive, settings):
    settings.MAIL_TRUSTED_HOP = HOP
    own = (
        f"Authentication-Results: {HOP}; dmarc=fail header.from=example.com\r\n"
        f"Received: from a by {HOP} with ESMTP id 1; Tue, 05 Mar 2024 10:02:12 +0900\r\n"
    )
    arrive(own.encode() + mail())

    assert "passes neither DMARC nor DKIM" in reasons()


@pytest.mark.parametrize("code", sorted(REASONS))
def test_each_reason_is_a_sentence_of_its_own(world, arrive, monkeypatch, code):
    monkeypatch.setattr("handrail.intake.receive.check", lambda *_a, **_k: Verdict(False, reason=code))
    arrive(mail())

    assert "Its sender is not believed" in reasons()


def test_a_vouched_mail_says_nothing_of_it(world, arrive, monkeypatch):
    monkeypatch.setattr("handrail.intake.receive.check", lambda *_a, **_k: Verdict(True, "dkim", "self"))
    arrive(mail())

    assert "not believed" not in reasons()


def test_a_mail_from_before_reasons_were_kept_says_only_that_nothing_shows_it(world, arrive):
    arrive(mail())
    message = Message.objects.get(direction="in")
    del message.data["why"]["distrusted"]
    message.save()

    assert "nothing shows that the mail is theirs" in reasons()
