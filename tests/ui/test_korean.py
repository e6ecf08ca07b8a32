"""Every Korean text of the interface speaks 해요체 and is Korean."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

import pytest
import yaml
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from handrail.web.ui.library_texts import SENTENCES
from tests.ui.styles import in_another_style

PO = settings.LOCALE_PATHS[0] / "ko" / "LC_MESSAGES" / "django.po"
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


def test_no_text_is_in_the_plain_or_the_formal_style():
    assert [text for text in texts() if in_another_style(text)] == []


def test_no_text_was_left_in_english():
    assert [text for text in texts() if not HANGUL.search(text) and not SAME.match(text)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        "문의가 접수되었습니다.", "다시 시도하십시오.", "글이 없다.", "저장했다", "링크를 보낸다.", "열리지 않는다.",
        "다시 눌러라.", "메일이 왔다.", "다시 시도해.", "파일을 골라라", "먼저 읽는다", "저장했음.", "보낼 수 없음.",
        "메일을 보냈어.", "찾을 수 없어.", "메일이 가고, 답이 온다. 그다음은 쉬워요.", "메일을 보내요(바로 간다).",
        "누구에게나 같다", "지금 보내자. 그게 좋아요. 다시 시도하자.", "나중에 할게.", "곧 알려 드립니다", "이 글을 봐.",
    ],
)  # fmt: skip
def test_another_style_is_noticed(wrong):
    assert in_another_style(wrong)
    # As macOS writes it.
    assert in_another_style(unicodedata.normalize("NFD", wrong))


@pytest.mark.parametrize(
    "right",
    [
        "문의를 받았어요.", "있다가 다시 해 볼까요?", "한다발", "내일 오전 9시부터", "바다", "바다.", "나라", "카메라.", "새 나라.",
        "올해.", "한국어.", "없음", "모름", "그림", "받는 사람", "‘링크를 보낸다.’라고 적힌 단추를 눌러 주세요.",
        "“다시 시도해.”라는 말이 보여요.", "보냈다고 알려 드려요.", "누르라고 알려 드려요.", "오늘은 어땠나요?", "그렇죠.", "메일 보내기",
    ],
)  # fmt: skip
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


def korean(written: object) -> list[str]:
    """What stands under `ko`, wherever it does."""
    if isinstance(written, dict):
        theirs = [text for key, each in written.items() if key == "ko" for text in strings(each)]
        return theirs + [text for key, each in written.items() if key != "ko" for text in korean(each)]
    return [text for each in written for text in korean(each)] if isinstance(written, list) else []


def strings(written: object) -> list[str]:
    if isinstance(written, str):
        return [written]
    inside = written.values() if isinstance(written, dict) else written if isinstance(written, list) else []
    return [text for each in inside for text in strings(each)]


def demo(name: str) -> object:
    return yaml.safe_load((settings.ROOT / "demo" / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "texts_min"),
    [
        ("faq_sets", 15),
        ("forms", 30),
        ("macros", 5),
        ("troubleshooters", 30),
        ("furniture", 15),
        ("blocks", 1),
    ],
)
def test_what_the_demo_company_wrote_for_customers_speaks_as_the_product_does(name, texts_min):
    said = korean(demo(name))

    assert len(said) >= texts_min
    assert [text for text in said if in_another_style(text) or "물으세요" in text] == []


def test_its_articles_do_too():
    files = sorted((settings.ROOT / "demo" / "articles").rglob("*.ko.md"))
    lines = [line.strip() for file in files for line in file.read_text(encoding="utf-8").splitlines()]

    assert len(files) > 50
    assert [line for line in lines if in_another_style(line)] == []


def test_its_colleagues_and_its_bot_speak_as_the_product_does():
    said = [
        m["text"]
        for one in demo("conversations")
        if one["locale"] == "ko"
        for m in one["messages"]
        if m["from"] in {"bot", "agent"}
    ]

    assert len(said) > 20
    assert [text for text in said if in_another_style(text) or "물으세요" in text] == []
