"""A question becomes an answer, or reaches a person who already knows everything: the whole way, in both languages.

Nothing is stood in for: web with its edge, worker, mail listener and model process run as `handrail all` starts them, the
visitor and the colleague sit at two browsers, and mail goes by SMTP.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.company import AGENTS, ASKED, PASSWORD


@dataclass(frozen=True)
class Words:
    """What is said and pressed in one language, and the article that answers."""

    locale: str
    question: str
    article: str
    quoted: str
    no_help: str
    send: str
    by_mail: str
    use_address: str
    sign_in: str
    reply: str
    address: str
    thanks: str


KO = Words(
    locale="ko",
    question=ASKED["ko"],
    article="배송 조회 방법",
    quoted="택배가 어디 있는지 보여요",
    no_help="도움이 안 됐어요, 상담사 연결해 주세요",
    send="보내기",
    by_mail="답을 메일로도 받기",
    use_address="이 주소로 받기",
    sign_in="로그인하기",
    reply="택배는 내일 도착해요.",
    address="minji@example.com",
    thanks="고마워요, 기다릴게요.",
)
EN = Words(
    locale="en",
    question=ASKED["en"],
    article="Track your parcel",
    quoted="to see where the parcel is",
    no_help="that did not help, talk to a person",
    send="Send",
    by_mail="Get the answer by mail too",
    use_address="Use this address",
    sign_in="Sign in",
    reply="Your parcel arrives tomorrow.",
    address="anna@example.com",
    thanks="Thank you, I will wait for it.",
)
ONCE = "window.stillTheSamePage = true"


@pytest.fixture
def sits_at(browser, product) -> Iterator[Callable[[str], Page]]:
    """sits_at("ko") -> an empty page of a browser of its own, in that language; what fails in its scripts fails the test."""
    contexts, faults = [], []

    def opened(locale: str) -> Page:
        context = browser.new_context(base_url=product.url, locale=locale)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


def searches(visitor: Page, words: Words) -> None:
    """The portal's search answers in an article's words, with where they stand."""
    visitor.goto(f"/hc/{words.locale}")
    field = visitor.locator("answer-search input[name=query]").first
    field.fill(words.question)
    field.press("Enter")
    answer = visitor.locator("section.answer")
    expect(answer.locator("blockquote")).to_contain_text(words.quoted)
    expect(answer.locator("a.answer-source")).to_contain_text(words.article)


def asks_in_the_chat(visitor: Page, words: Words) -> None:
    visitor.goto(f"/hc/{words.locale}/chat")
    says(visitor, words, words.question)
    answer = visitor.locator('.talk-line[data-side="bot"] section.answer')
    expect(answer.locator("blockquote")).to_contain_text(words.quoted)
    expect(answer.locator("a.answer-source")).to_contain_text(words.article)


def says(visitor: Page, words: Words, text: str) -> None:
    visitor.locator("#talk-text").fill(text)
    visitor.get_by_role("button", name=words.send, exact=True).click()


def leaves_an_address(visitor: Page, words: Words) -> None:
    visitor.get_by_text(words.by_mail, exact=True).click()
    visitor.locator("#talk-email").fill(words.address)
    visitor.get_by_role("button", name=words.use_address).click()
    expect(visitor.locator(".talk-mail-known")).to_be_visible()


def signs_in(colleague: Page, words: Words) -> None:
    colleague.goto("/accounts/login/")
    colleague.locator("input[name=login]").fill(AGENTS[words.locale])
    colleague.locator("input[name=password]").fill(PASSWORD)
    colleague.get_by_role("button", name=words.sign_in, exact=True).click()
    colleague.wait_for_url("**/desk/**")


@pytest.mark.parametrize("words", [KO, EN], ids=["ko", "en"])
def test_a_question_is_answered_and_else_reaches_a_person_who_is_heard_in_the_chat_and_by_mail(
    product, sits_at, words
):
    visitor, colleague = sits_at(words.locale), sits_at(words.locale)
    signs_in(colleague, words)
    colleague.goto("/desk/views/unassigned/")
    colleague.evaluate(ONCE)

    searches(visitor, words)
    asks_in_the_chat(visitor, words)
    waiting = colleague.locator(".conversation", has_text=words.question)
    expect(waiting).to_have_count(0)
    says(visitor, words, words.no_help)
    expect(visitor.locator(".talk-standing strong")).to_have_text(re.compile(r"#\d+"))
    number = visitor.locator(".talk-standing strong").inner_text().lstrip("#")
    leaves_an_address(visitor, words)
    visitor.evaluate(ONCE)

    # It comes up in the list of a colleague who did nothing for it: at once, or, under other rows, as a button to press.
    fresh, row = (
        colleague.locator(".list-fresh:not([hidden])"),
        colleague.locator(f'[data-number="{number}"]'),
    )
    expect(row.or_(fresh).first).to_be_visible()
    if fresh.is_visible():
        fresh.click()
    expect(row).to_contain_text(words.question)
    assert colleague.evaluate("window.stillTheSamePage")
    row.locator("a").click()
    tried = colleague.locator(".tried")
    expect(tried).to_contain_text(words.question)
    expect(tried).to_contain_text(words.article)
    expect(colleague.locator(".entries")).to_contain_text(words.no_help)

    colleague.evaluate(ONCE)
    colleague.locator("#reply-text").press_sequentially(words.reply)
    colleague.keyboard.press("Control+Enter")
    expect(visitor.locator('.talk-line[data-side="person"]')).to_contain_text(words.reply)
    assert visitor.evaluate("window.stillTheSamePage")

    mail = product.letterbox.told(words.address, words.reply)
    product.answer_by_mail(mail, sender=words.address, text=words.thanks)
    expect(colleague.locator('.entry[data-from="them"]').last).to_contain_text(words.thanks)
    expect(visitor.locator(".talk-lines")).to_contain_text(words.thanks)
    assert colleague.evaluate("window.stillTheSamePage") and visitor.evaluate("window.stillTheSamePage")
