"""Made-up customer text in Korean and English whose words follow Zipf's law; the same for the same seed.

Standard library only: the peer's environment runs it too.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate, product

STEMS = (
    "환불 배송 주문 결제 카드 충전 연결 소리 전원 필터 화면 버튼 설정 계정 주소 영수증 쿠폰 교환 반품 수리 보증 "
    "색상 크기 재고 문의 상담 알림 비밀번호 인증 이어폰 공기 램프 크림 케이스 설명서 부품 예약 취소 변경 확인 신청 접수"
)
ENDINGS = (
    "|이|가|을|를|은|는|에서|으로|까지|부터|하고|했어요|하려고요|안|돼요|되나요|해|주세요|인데요|이라서|만|도"
)
ONSETS = "b br c ch d f fl g gr h j l m n p pl qu r s st t tr v w"
RIMES = "a ack ain al an ar e ead ell en er i ick ill in ing o old on ook or u ump un"
EXPONENT = 1.07
WORDS = {
    "ko": [stem + ending for ending, stem in product(ENDINGS.split("|"), STEMS.split())],
    "en": [
        "".join(part)
        for part in product(ONSETS.split(), RIMES.split(), ["", "er", "ly", "ment"])
        if len("".join(part)) > 2
    ],
}
WEIGHTS = {
    locale: list(accumulate(1 / rank**EXPONENT for rank in range(1, len(words) + 1)))
    for locale, words in WORDS.items()
}


class Writer:
    """Writes sentences, paragraphs and articles with one pair of dice."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def words(self, locale: str, count: int) -> str:
        return " ".join(self.dice.choices(WORDS[locale], cum_weights=WEIGHTS[locale], k=count))

    def article(self, locale: str, *, sections: int = 5) -> Iterator[tuple[str, list[str]]]:
        """Sections of an article as (heading, two paragraphs); five make an article page of some 18 KB."""
        for number in range(1, sections + 1):
            yield f"{number}. {self.words(locale, 3)}", [f"{self.words(locale, 48)}." for _ in range(2)]


def as_html(article: Iterator[tuple[str, list[str]]]) -> str:
    return "".join(
        f"<h2>{heading}</h2>" + "".join(f"<p>{each}</p>" for each in paragraphs)
        for heading, paragraphs in article
    )


def as_markdown(article: Iterator[tuple[str, list[str]]]) -> str:
    return "\n\n".join("\n\n".join([f"## {heading}", *paragraphs]) for heading, paragraphs in article)
