"""One article, one piece of news and one film for each audience, each with a word that stands nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from handrail.answers.keywords import KeywordAnswer
from handrail.answers.learn import confirm
from handrail.contacts.segments import Segment
from handrail.core.actors import SYSTEM
from handrail.knowledge.article_files import ArticleFile
from handrail.knowledge.audiences import Audience
from handrail.knowledge.faq import FaqSet
from handrail.knowledge.models import Article, Troubleshooter
from tests.knowledge.pictures import png
from tests.worlds.small import World

KINDS = ("how-to", "news", "video")
QUESTION = "환불 안내"
PLACES = ["강릉", "나주", "대전", "목포", "부산", "속초", "안동", "진주", "청주", "통영", "포항", "하동"]
INNER = "zqinner"  # stands in every text, in a passage for colleagues only


def clue_to(article: Article) -> str:
    """What the article is called besides. Whoever says it means this one, and finds its word without having said it."""
    return f"{PLACES[article.pk % len(PLACES)]} {PLACES[article.pk // len(PLACES) % len(PLACES)]} 이야기"


@dataclass
class Item:
    """`word` stands in the title and the text; `audience` is what it should be now, "" for not published."""

    article: Article
    kind: str
    audience: str
    word: str
    picture: ArticleFile
    download: ArticleFile
    tree: Troubleshooter | None = None  # whose first answer leads to the article; of how-tos alone

    @property
    def clue(self) -> str:
        return clue_to(self.article)

    @property
    def keyword(self) -> str:
        """What is tied to the article, and said nowhere in it."""
        return f"말{self.word[2:]}"


@dataclass
class Shelf:
    world: World
    segment: Segment
    items: dict[tuple[str, str], Item] = field(default_factory=dict)
    faq: FaqSet | None = None

    def fill(self) -> Shelf:
        for kind in KINDS:
            for audience in Audience.values:
                self.items[audience, kind] = self._write(audience, kind)
        how_to = [item.article for item in self.of("how-to")]
        self.faq = FaqSet.offer(
            self.world.brand, "all", names={"ko": "모두", "en": "All"}, articles=how_to,
            product=self.world.product, by=SYSTEM,
        )  # fmt: skip
        for item in self.items.values():
            confirm(f"환불 {item.word} 궁금해요", item.article, "ko", by=self.world.agent)
            KeywordAnswer.tie([item.keyword], item.article, by=self.world.agent)
        for item in self.of("how-to"):
            item.tree = self._tree(item)
        self.world.settle()
        return self

    def _tree(self, item: Item) -> Troubleshooter:
        """For those who may read the article now, and left as it is when that changes."""
        made = Troubleshooter.start(self.world.topic, names={"ko": "진단", "en": "Check"}, by=SYSTEM)
        segment = self.segment if item.audience == "segment" else None
        made.article.show_to(item.audience, by=SYSTEM, segment=segment)
        answers = [("c1", "네", "fix"), ("c2", "아니요", "person")]
        choices = [{"key": key, "text": {"ko": said, "en": said}, "to": to} for key, said, to in answers]
        first = {
            "key": "s1",
            "kind": "question",
            "text": {"ko": "안 되나요?", "en": "Broken?"},
            "choices": choices,
        }
        fix = {"key": "fix", "kind": "article", "text": {"ko": "", "en": ""}, "article": item.article.pk}
        steps = [first, {**fix, "otherwise": "person", "choices": []}]
        said = {"ko": "여쭤볼게요.", "en": "Just asking."}
        made.draw({**made.draft, "intro": said, "start": "s1", "steps": steps}, by=SYSTEM)
        made.publish(by=SYSTEM)
        return made

    def of(self, kind: str) -> list[Item]:
        return [item for (_audience, its), item in self.items.items() if its == kind]

    def show_to(self, item: Item, audience: str) -> None:
        item.article.refresh_from_db()
        segment = self.segment if audience == "segment" else None
        item.article.show_to(audience, segment=segment, by=self.world.agent)
        item.audience = audience

    def withdraw(self, item: Item) -> None:
        item.article.translations.get(locale="ko").withdraw(by=self.world.agent)
        item.audience = ""

    def archive(self, item: Item) -> None:
        item.article.refresh_from_db()
        item.article.archive(by=self.world.agent)
        item.audience = ""

    def _write(self, audience: str, kind: str) -> Item:
        word = f"qz{audience.replace('_', '')}{kind.replace('-', '')}"
        more: dict[str, Any] = {"segment": self.segment} if audience == "segment" else {}
        article = Article.start(self.world.topic, kind=kind, audience=audience, by=self.world.agent, **more)
        picture = ArticleFile.attach(article, png(word), title=f"{word}.png", by=self.world.agent)
        download = ArticleFile.attach(
            article, f"{word} form".encode(), title=f"{word}.txt", is_download=True, by=self.world.agent
        )
        article.label_as(["모두"], by=self.world.agent)
        html = f'<p>{QUESTION}는 {word}예요.</p><h2>{word} 순서</h2><p>천천히 하세요.</p><img src="{picture.path}" alt=""><section data-audience="agents"><p>{INNER}</p></section>'
        article.write(
            "ko",
            title=f"{QUESTION} {word}",
            html=html,
            aliases=[f"{word} 별칭", clue_to(article)],
            by=self.world.agent,
        )
        article.translations.get(locale="ko").publish(by=self.world.agent)
        return Item(article, kind, audience, word, picture, download)
