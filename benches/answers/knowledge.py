"""Made-up help centres of any size in Korean and English: the same for the same seed, written through the index's own code.

Six articles in ten are Korean, two English, two both. A text has a title, now and then an alias, up to two headings and
one to four passages of some 150 characters. Words follow Zipf's law: common support words, then thousands of names that
hardly repeat. Words are analysed by the product's models, each once; of the meanings the first 4,000 are the encoder's,
the rest are those with noise, because what a search costs does not hang on them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

import numpy as np
from django.db import transaction

from benches.load.words import WORDS
from handrail.answers import contexts, projection, wholes
from handrail.answers.analysis.terms import Terms
from handrail.answers.encoder import DIMENSIONS, Reader
from handrail.answers.entries import IndexState, Vector, wanting
from handrail.answers.index import lexical_index
from handrail.answers.normalise import normalise
from handrail.knowledge.models import Article, Product, Revision, Topic, Translation
from handrail.workspace.models import Brand

KOREAN = [
    "환불",
    "배송",
    "결제",
    "주문",
    "취소",
    "교환",
    "반품",
    "쿠폰",
    "포인트",
    "회원",
    "가입",
    "탈퇴",
    "비밀번호",
    "로그인",
    "인증",
    "카드",
    "계좌",
    "영수증",
    "이어폰",
    "충전기",
    "케이스",
    "배터리",
    "블루투스",
    "연결",
    "소리",
    "마이크",
    "필터",
    "공기청정기",
    "조명",
    "앱",
    "업데이트",
    "펌웨어",
    "와이파이",
    "센서",
    "리모컨",
    "보증",
    "수리",
    "접수",
    "택배",
    "송장",
    "주소",
    "변경",
    "선물",
    "포장",
    "예약",
    "일정",
    "알림",
    "문자",
    "상담",
    "선크림",
    "성분",
    "피부",
    "사용법",
    "세척",
    "보관",
    "교체",
    "주기",
    "색상",
    "사이즈",
    "재고",
    "할인",
    "이벤트",
    "후기",
    "신고",
    "차단",
    "개인정보",
    "동의",
    "해지",
    "연장",
    "요금",
    "구독",
    "자동결제",
]
KOREAN_DOING = [
    "신청하는",
    "확인하는",
    "바꾸는",
    "취소하는",
    "등록하는",
    "연결하는",
    "설정하는",
    "삭제하는",
    "찾는",
    "받는",
    "보내는",
    "고치는",
]
KOREAN_ASKING = [
    "방법",
    "어떻게 해요",
    "언제 돼요",
    "안 돼요",
    "알려 주세요",
    "되나요",
    "하고 싶어요",
    "왜 이래요",
]
PARTICLES = ["", "", "", "을", "이", "은", "에서", "으로", "까지", "도"]
ENGLISH = [
    "refund",
    "delivery",
    "payment",
    "order",
    "cancel",
    "exchange",
    "return",
    "coupon",
    "points",
    "account",
    "password",
    "login",
    "card",
    "invoice",
    "earbuds",
    "charger",
    "case",
    "battery",
    "bluetooth",
    "connection",
    "sound",
    "filter",
    "purifier",
    "lamp",
    "app",
    "update",
    "firmware",
    "sensor",
    "remote",
    "warranty",
    "repair",
    "parcel",
    "address",
    "gift",
    "booking",
    "schedule",
    "alert",
    "email",
    "support",
    "cream",
    "ingredient",
    "skin",
    "cleaning",
    "storage",
    "size",
    "stock",
    "discount",
    "event",
    "review",
    "privacy",
    "consent",
    "subscription",
    "renewal",
    "plan",
]
ENGLISH_ASKING = ["how do I", "when can I", "why can't I", "where do I", "is it possible to"]
ENGLISH_DOING = [
    "request",
    "check",
    "change",
    "cancel",
    "register",
    "connect",
    "set",
    "delete",
    "find",
    "get",
    "send",
    "fix",
]
SYLLABLES = (
    "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후기니디리미비시이지"
)
NAMES = 6_000
PASSAGES = 3_000  # different ones of each language; real help centres repeat themselves too
ENCODED = 4_000
NOISE = 0.5


@dataclass(frozen=True)
class Text:
    locale: str
    title: str
    aliases: list[str]
    sections: list[tuple[str, str]]

    @property
    def html(self) -> str:
        return "".join(
            f"<h2>{head}</h2><p>{body}</p>" if head else f"<p>{body}</p>" for head, body in self.sections
        )


class Author:
    """Writes with one pair of dice."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        names = ["".join(self.dice.choices(SYLLABLES, k=self.dice.choice((2, 3, 3)))) for _ in range(NAMES)]
        self._words = {"ko": KOREAN + names, "en": ENGLISH + WORDS["en"][:NAMES]}
        self._weights = {
            locale: list(accumulate(1 / (rank + 3) for rank in range(len(words))))
            for locale, words in self._words.items()
        }
        self._passages = {locale: [self._passage(locale) for _ in range(PASSAGES)] for locale in ("ko", "en")}

    def words(self, locale: str, count: int) -> list[str]:
        return self.dice.choices(self._words[locale], cum_weights=self._weights[locale], k=count)

    def title(self, locale: str) -> str:
        words = self.words(locale, self.dice.randint(2, 3))
        model = f" {self.dice.choice('ABHX')}{self.dice.randint(10, 999)}" if self.dice.random() < 0.2 else ""
        if locale == "ko":
            return (
                f"{' '.join(words)}{model} {self.dice.choice(KOREAN_DOING)} {self.dice.choice(KOREAN_ASKING)}"
            )
        return (
            f"{self.dice.choice(ENGLISH_ASKING)} {self.dice.choice(ENGLISH_DOING)} {' '.join(words)}{model}"
        )

    def articles(self, count: int) -> Iterator[list[Text]]:
        """For each article its texts."""
        for _ in range(count):
            throw = self.dice.random()
            yield [
                self._text(locale)
                for locale in (("ko",) if throw < 0.6 else ("en",) if throw < 0.8 else ("ko", "en"))
            ]

    def questions(self, count: int) -> list[tuple[str, str]]:
        """(question, locale), two Korean for one English; other wordings of the same world."""
        return [(self.title(locale), locale) for locale in self.dice.choices(("ko", "en"), (2, 1), k=count)]

    def _text(self, locale: str) -> Text:
        aliases = [self.title(locale)] if self.dice.random() < 0.5 else []
        headings = ["", *(" ".join(self.words(locale, 2)) for _ in range(self.dice.randint(0, 2)))]
        bodies = [self.dice.choice(self._passages[locale]) for _ in range(self.dice.randint(1, 3))]
        pairs = [(headings[at] if at < len(headings) else "", body) for at, body in enumerate(bodies)]
        return Text(locale, self.title(locale), aliases, pairs)

    def _passage(self, locale: str) -> str:
        return " ".join(self._sentence(locale) for _ in range(3))

    def _sentence(self, locale: str) -> str:
        words = self.words(locale, self.dice.randint(6, 9))
        if locale == "en":
            return f"To {self.dice.choice(ENGLISH_DOING)} the {' '.join(words)} open the page and press the button."
        said = " ".join(word + self.dice.choice(PARTICLES) for word in words)
        return f"{said} {self.dice.choice(KOREAN_DOING)} 화면에서 눌러 주세요."


@dataclass
class Pooled:
    """A Reader that asks another for each word once, and for the first ENCODED meanings."""

    reader: Reader
    _morphs: dict[str, list[str]] = field(default_factory=dict)
    _pool: list[np.ndarray] = field(default_factory=list)

    @property
    def morph_model(self) -> str:
        return self.reader.morph_model

    @property
    def vector_model(self) -> str:
        return self.reader.vector_model

    def morphs_of(self, text: str) -> list[str]:
        words = text.split()
        unknown = sorted({word for word in words if word not in self._morphs})
        if unknown:
            found = self.reader.read(unknown, []).morphs or []
            self._morphs |= dict(zip(unknown, found, strict=True))
        return [form for word in words for form in self._morphs[word]]

    def vectors_of(self, texts: Sequence[str]) -> np.ndarray:
        missing = ENCODED - len(self._pool)
        if missing > 0:
            found = self.reader.read([], list(texts[:missing])).vectors
            self._pool += list(found)
            if missing >= len(texts):
                return found
        dice = np.random.default_rng(len(self._pool) + hash(texts[0]) % 1000)
        base = np.stack([self._pool[dice.integers(len(self._pool))] for _ in texts])
        made = (
            base + NOISE * dice.standard_normal((len(texts), DIMENSIONS), dtype=np.float32) / DIMENSIONS**0.5
        )
        return made / np.linalg.norm(made, axis=1, keepdims=True)


def fill(count: int, reader: Reader, *, seed: int = 7) -> None:
    """Write `count` articles into the current database, with rows and vectors."""
    pooled, author = Pooled(reader), Author(seed)

    @cache
    def terms(text: str) -> Terms:
        letters_too = len(text) <= projection.LETTERS_UP_TO
        from handrail.answers.analysis.terms import needs_morphs, terms_of

        return terms_of(text, pooled.morphs_of(text) if needs_morphs(text) else None, letters_too=letters_too)

    before, projection.analyse = projection.analyse, lambda texts: [terms(normalise(text)) for text in texts]
    brand = Brand.objects.create(slug="bench", name_ko="측정", name_en="Bench")
    product = Product.objects.create(brand=brand, slug="bench")
    product.texts.create(locale="ko", name="측정", description="이어폰과 공기청정기")
    topic = Topic.objects.create(product=product, slug="bench")
    topic.texts.create(locale="ko", name="환불과 배송")
    contexts.renew([topic])
    batch: list[list[Text]] = []
    try:
        for texts in author.articles(count):
            batch.append(texts)
            if len(batch) == 1_000:
                _publish(topic, batch)
                batch = []
        _publish(topic, batch)
    finally:
        projection.analyse = before
    _encode(pooled)
    lexical_index().refresh()


@transaction.atomic
def _publish(topic: Topic, batch: list[list[Text]]) -> None:
    articles = Article.objects.bulk_create(Article(topic=topic, kind="faq") for _ in batch)
    pairs = [(article, text) for article, texts in zip(articles, batch, strict=True) for text in texts]
    translations = Translation.objects.bulk_create(
        Translation(article=article, locale=text.locale, slug=f"a{article.pk}", aliases=text.aliases)
        for article, text in pairs
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            translation=row, number=1, title=text.title, text=text.html, html=text.html, author_kind="system"
        )
        for row, (_article, text) in zip(translations, pairs, strict=True)
    )
    for row, revision in zip(translations, revisions, strict=True):
        row.published = revision
    Translation.objects.bulk_update(translations, ["published"], batch_size=500)
    projection.store(
        [
            row
            for translation, (article, _text) in zip(translations, pairs, strict=True)
            for row in projection.rows_of(article, translation)
        ]
    )
    wholes.gather(article.pk for article in articles)


def _encode(pooled: Pooled) -> None:
    model = pooled.vector_model
    texts = dict(wanting(model).values_list("text_hash", "text"))
    hashes = list(texts)
    for start in range(0, len(hashes), 2_000):
        part = hashes[start : start + 2_000]
        vectors = pooled.vectors_of([normalise(texts[each]) for each in part])
        Vector.objects.bulk_create(
            Vector(text_hash=each, model=model, numbers=vector.astype("<f2").tobytes())
            for each, vector in zip(part, vectors, strict=True)
        )
    IndexState.move()
