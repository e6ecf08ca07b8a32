"""The automatic mail in an administrator's own words: tried, kept, said to customers, and given up again."""

from __future__ import annotations

import pytest
from django.core import mail
from django.utils import translation

from handrail.accounts.models import Role
from handrail.core.events.models import Event
from handrail.intake.acknowledge import built_in, words
from handrail.intake.wording import AcknowledgementText
from tests.desk.conftest import signed_in

PAGE = "/console/acknowledgement"


@pytest.fixture
def admin(world):
    return signed_in(world.staff("admin@handrail.test", "최관리", Role.ADMIN))


def keep(admin, text, *, locale="ko", press="keep", follow=False):
    return admin.post(f"{PAGE}/keep", {"locale": locale, f"text_{locale}": text, press: "1"}, follow=follow)


def said_to_a_customer(world):
    return words(world.conversation(), None)[0]


def test_what_is_kept_is_what_a_customer_reads(world, admin):
    keep(admin, "{{브랜드|이}} 받았어요: {{번호}}\n\n{{도움글}}\n\n{{답변예정}}")

    text = said_to_a_customer(world)

    assert text.startswith("온결이 받았어요: #") and "{{" not in text
    assert "\n\n\n" not in text, "where there are no articles no gap stays"
    assert Event.objects.filter(verb="acknowledgement.worded").count() == 1


def test_a_preview_shows_it_and_keeps_nothing(world, admin):
    answer = keep(admin, "{{번호}} <b>받았어요</b>", press="try").content.decode()

    assert "#1042 &lt;b&gt;받았어요&lt;/b&gt;" in answer
    assert not AcknowledgementText.objects.exists()


def test_the_built_in_text_comes_back(world, admin):
    usual = said_to_a_customer(world).partition("\n")[0].rstrip("0123456789번이에요.")
    keep(admin, "짧게")
    assert said_to_a_customer(world) == "짧게"

    keep(admin, "짧게", press="usual")

    assert said_to_a_customer(world).startswith(usual[:6]) and not AcknowledgementText.objects.exists()


@pytest.mark.parametrize("text", ["{{customer}}", "{{고객}} 님", "{{subject}}"])
def test_what_was_sent_to_us_cannot_be_repeated(admin, text):
    answer = keep(admin, text)

    assert answer.status_code == 422 and text.partition(" ")[0] in answer.content.decode()
    assert not AcknowledgementText.objects.exists()


def test_each_language_has_its_own(world, admin):
    keep(admin, "Got it: {{number}}", locale="en")

    assert AcknowledgementText.of(world.brand, "en") == "Got it: {{number}}"
    assert AcknowledgementText.of(world.brand, "ko") == ""
    assert "Got it: #1042" in admin.get(PAGE).content.decode()


def test_a_long_text_is_refused_and_stands_there_still(admin):
    answer = keep(admin, "가" * 2001)

    assert answer.status_code == 422 and "가" * 2001 in answer.content.decode()


def test_only_administrators_word_it(world):
    client = signed_in(world.staff("manager@handrail.test", "한관리", Role.MANAGER))

    assert client.get(PAGE).status_code == 404
    assert mail.outbox == []


def test_the_built_in_text_saved_as_it_is_stays_the_built_in_one(admin):
    with translation.override("ko"):
        usual = built_in(has_articles=False)
    assert "{{번호}}" in usual and usual.splitlines()[1] in admin.get(PAGE).content.decode()

    keep(admin, usual.replace("\n", "\r\n"))

    assert not AcknowledgementText.objects.exists()
