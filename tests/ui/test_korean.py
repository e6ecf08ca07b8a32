"""Every Korean text of the interface speaks 해요체 and is Korean."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
import yaml
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from handrail.web.ui.library_texts import SENTENCES

PO = settings.LOCALE_PATHS[0] / "ko" / "LC_MESSAGES" / "django.po"
# Endings of the plain, the formal and the commanding style at the end of a sentence.
OTHER_STYLES = re.compile(
    r"(?<![가-힣])[가-힣 ]*(한다|이다|했다|됐다|있다|없다|습니다|ㅂ니다|합니다|입니다|됩니다|십시오|하라|하시오)(?=[.!?)」’”]|$)"
)
HANGUL = re.compile("[가-힣]")
# Names and signs that are the same in every language.
SAME = re.compile(r"^(?:%\(\w+\)[sd]|[\W\d_]|[A-Z]{2,}|CSAT|SLA|https?|e-mail)*$")


def texts() -> list[str]:
    with PO.open("rb") as file:
        catalog = read_po(file, locale="ko")
    found = []
    for message in catalog:
        if message.id and message.string:
            found += [message.string] if isinstance(message.string, str) else list(message.string)
    return [text for text in found if text]


def in_another_style(text: str) -> bool:
    return bool(OTHER_STYLES.search(text))


def test_no_text_is_in_the_plain_or_the_formal_style():
    assert [text for text in texts() if in_another_style(text)] == []


def test_no_text_was_left_in_english():
    assert [text for text in texts() if not HANGUL.search(text) and not SAME.match(text)] == []


@pytest.mark.parametrize("wrong", ["문의가 접수되었습니다.", "다시 시도하십시오.", "글이 없다.", "저장했다"])
def test_another_style_is_noticed(wrong):
    assert in_another_style(wrong)


@pytest.mark.parametrize(
    "right", ["문의를 받았어요.", "있다가 다시 해 볼까요?", "한다발", "내일 오전 9시부터"]
)
def test_our_own_style_is_not(right):
    assert not in_another_style(right)


SEEN_BY_COLLEAGUES = (
    "logout/", "reauthenticate/", "password/change/", "2fa/", "2fa/totp/activate/", "password/reset/",
)  # fmt: skip
SEEN_BY_STRANGERS = (
    "login/", "password/reset/", "password/reset/done/", "password/reset/key/1-x/",
    "password/reset/key/done/", "3rdparty/login/error/", "3rdparty/login/cancelled/",
)  # fmt: skip
ENGLISH = re.compile(r"[A-Za-z]{3,}")


class Words(HTMLParser):
    """What of a page is read: its texts, without scripts and what says its own language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._skipped = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in {"script", "style"} or dict(attrs).get("lang") == "en":
            self._skipped += tag not in {"html"}

    def handle_endtag(self, tag):
        if self._skipped and tag in {"script", "style", "a"}:
            self._skipped -= 1

    def handle_data(self, data):
        if data.strip() and not self._skipped:
            self.found.append(" ".join(data.split()))


def unlike_us(html: str) -> list[str]:
    """Texts that are English, or in another style."""
    texts = Words(html).found
    return [t for t in texts if in_another_style(t) or (ENGLISH.search(t) and not HANGUL.search(t))]


@pytest.mark.parametrize("place", SEEN_BY_STRANGERS)
def test_pages_of_the_sign_in_library_speak_as_we_do(client, world, place):
    page = client.get(f"/accounts/{place}", {"lang": "ko"}, follow=True)

    assert page.status_code in {200, 401}  # the last for a sign-on that failed
    assert unlike_us(page.content.decode()) == []


@pytest.mark.parametrize("place", SEEN_BY_COLLEAGUES)
def test_so_do_those_for_colleagues(client, world, place):
    client.post("/accounts/login/", {"login": world.agent.email, "password": "a-long-password"})

    page = client.get(f"/accounts/{place}", follow=True)

    assert page.status_code == 200
    words = [t for t in unlike_us(page.content.decode()) if t not in {world.agent.email}]
    assert [t for t in words if not re.fullmatch(r"[A-Z2-7]{16,}", t)] == []


def test_wrong_input_is_told_in_our_style_and_labels_carry_no_colon(client, world):
    client.get("/accounts/login/", {"lang": "ko"})
    for given in (
        {"login": "a\0b", "password": "x\0"},
        {"login": "", "password": ""},
        {"login": "a@b.c", "password": "no"},
    ):
        page = client.post("/accounts/login/", given).content.decode()
        assert unlike_us(page) == []
        assert "메일 주소:" not in page and "아이디" not in page


def test_every_library_sentence_we_name_is_said_in_our_words():
    with translation.override("ko"):
        said = [translation.gettext(text) for text in SENTENCES]
    assert [text for text in said if in_another_style(text) or not HANGUL.search(text)] == []


def test_the_demo_company_speaks_as_the_product_does():
    sets = yaml.safe_load((settings.ROOT / "demo" / "faq_sets.yaml").read_text(encoding="utf-8"))
    held = yaml.safe_load((settings.ROOT / "demo" / "conversations.yaml").read_text(encoding="utf-8"))
    said = [text["ko"] for one in sets for text in (one["name"], one["description"])]
    said += [
        m["text"]
        for one in held
        if one["locale"] == "ko"
        for m in one["messages"]
        if m["from"] in {"bot", "agent"}
    ]

    assert [text for text in said if in_another_style(text) or "물으세요" in text] == []
