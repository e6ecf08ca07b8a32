"""A help centre of ordinary articles, in which the best answer to one plain question stands in one that is for fewer people.

The question says nothing but what somebody would ask; the text holds a word that it does not, and the title is worded
otherwise, so that it is seen at once where either was given.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from handrail.contacts.segments import Segment
from handrail.knowledge.models import Article
from tests.worlds.small import World

# What everybody reads, so that there is something to find beside what one may not.
OPEN = [
    ("배송 기간", "배송은 주문한 뒤 이틀 안에 도착해요."),
    ("배송지 바꾸기", "배송지는 출고 전까지 주문 내역에서 바꿔요."),
    ("영수증 받기", "영수증은 주문 내역에서 내려받아요."),
    ("비밀번호 바꾸기", "비밀번호는 내 정보에서 바꿔요."),
    ("회원 탈퇴", "회원 탈퇴는 내 정보 맨 아래에서 해요."),
    ("쿠폰 쓰기", "쿠폰은 결제 화면에서 골라요."),
    ("교환 신청", "교환은 받은 날부터 이레 안에 신청해요."),
    ("선물 포장", "선물 포장은 장바구니에서 골라요."),
]
# audience -> the question, the title and the words that answer it; {word} stands nowhere else.
CLOSED = {
    "public": ("배터리는 얼마나 오래 가나요?", "배터리가 오래 가는 시간", "배터리는 한 번 충전하면 오래 가요. {word}시간이에요."),
    "signed_in": ("적립금은 언제 사라지나요?", "적립금이 사라지는 때", "적립금은 쌓인 날부터 {word}일 뒤에 사라져요."),
    "segment": ("대량 구매 할인율은 몇 퍼센트인가요?", "대량 구매의 할인율", "대량 구매 할인율은 {word} 퍼센트예요."),
    "employees": ("휴가는 며칠 쓸 수 있나요?", "휴가를 쓰는 날수", "휴가는 한 해에 {word}일 쓸 수 있어요."),
    "agents": ("보상 한도는 얼마까지인가요?", "보상 한도와 얼마", "보상 한도는 한 건에 {word}만 원까지예요."),
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """`audience`: for whom the article is that answers `text` best."""

    text: str
    title: str
    article: Article
    audience: str
    word: str

    def is_in(self, said: str) -> bool:
        """Whether the article was quoted, named or led to."""
        return any(mark in said for mark in (self.word, self.title, f"/articles/{self.article.pk}"))


@dataclass
class Plain:
    world: World
    segment: Segment
    questions: dict[str, Question] = field(default_factory=dict)

    def open_up(self) -> Plain:
        """Write what everybody reads."""
        for title, words in OPEN:
            self.world.article(title, f"<p>{words}</p>")
        return self.fill({"public"})

    def fill(self, audiences: Collection[str] = tuple(CLOSED)) -> Plain:
        """Write what is for these, as far as it is not written yet."""
        for at, (audience, (text, title, words)) in enumerate(CLOSED.items()):
            if audience not in audiences or audience in self.questions:
                continue
            word = f"qzplain{at}{audience.replace('_', '')}"
            article = Article.start(
                self.world.topic,
                audience=audience,
                segment=self.segment if audience == "segment" else None,
                by=self.world.agent,
            )
            html = f"<p>{words.format(word=word)}</p>"
            article.write("ko", title=title, html=html, by=self.world.agent)
            article.translations.get().publish(by=self.world.agent)
            self.questions[audience] = Question(text, title, article, audience, word)
        self.world.settle()
        return self
