"""A small help centre: two products, topics of each role, and articles for every case a page must handle."""

from __future__ import annotations

from handrail.contacts.segments import Segment
from handrail.knowledge.articles import Article
from handrail.knowledge.faq import FaqSet
from handrail.knowledge.products import Product, Topic
from tests.worlds.small import World


class Shop:
    """Built with public verbs. `write` makes and publishes an article in the languages given."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.buds = self.product("sori-buds", "소리 버즈", "Sori Buds", icon="headphones")
        self.lamp = self.product("bit-lamp", "빛 스탠드", "Bit Lamp", icon="lamp-desk")
        self.start = self.topic(self.buds, "getting-started", "시작하기", "Getting started", role="start")
        self.problems = self.topic(self.buds, "problems", "문제 해결", "Common problems", role="problem")
        self.lamp_use = self.topic(self.lamp, "use", "쓰는 법", "Everyday use")
        self.pairing = self.write(
            self.start,
            ko=("휴대폰에 연결하는 방법", "<p>뚜껑을 열어요.</p>"),
            en=("Pair with your phone", "<p>Open the lid.</p>"),
        )
        self.silent = self.write(
            self.problems,
            kind="troubleshooting",
            ko=(
                "한쪽에서 소리가 나지 않을 때",
                "<p>10초 닫았다가 열어 보세요.</p><h2>순서대로</h2><ol><li>닫아요</li><li>열어요</li></ol><h2>그래도 안 되면</h2><p>알려 주세요.</p>",
            ),
            en=(
                "When one bud is silent",
                "<p>Close it for 10 seconds.</p><h2>In order</h2><ol><li>Close</li><li>Open</li></ol>",
            ),
        )
        self.korean_only = self.write(self.lamp_use, ko=("해외 카드 수수료", "<p>수수료는 1%예요.</p>"))
        self.internal = self.write(
            self.lamp_use,
            audience="agents",
            ko=("내부 환불 기준", "<p>상담사만 봐요.</p>"),
            en=("Internal refund rules", "<p>Agents.</p>"),
        )

    def product(self, slug: str, ko: str, en: str, *, icon: str) -> Product:
        product = Product.objects.create(brand=self.world.brand, slug=slug, icon=icon)
        for locale, name in (("ko", ko), ("en", en)):
            product.texts.create(locale=locale, name=name, description=f"{name}.")
        return product

    def topic(self, product: Product, slug: str, ko: str, en: str, *, role: str = "other") -> Topic:
        topic = Topic.objects.create(product=product, slug=slug, role=role)
        for locale, name in (("ko", ko), ("en", en)):
            topic.texts.create(locale=locale, name=name)
        return topic

    def write(
        self, topic: Topic, *, kind: str = "how-to", audience: str = "public", **texts: tuple[str, str]
    ) -> Article:
        article = Article.start(topic, by=self.world.agent, kind=kind, audience=audience)
        for locale, (title, html) in texts.items():
            article.write(locale, title=title, html=html, by=self.world.agent)
            article.translations.get(locale=locale).publish(by=self.world.agent)
        return article

    def faq(
        self,
        *articles: Article,
        audience: str = "public",
        segment: Segment | None = None,
        slug: str = "first",
    ) -> FaqSet:
        faq = FaqSet.objects.create(
            brand=self.world.brand, product=self.buds, slug=slug, audience=audience, segment=segment
        )
        faq.texts.create(locale="ko", name="처음 쓸 때", description="")
        faq.texts.create(locale="en", name="New here", description="")
        for position, article in enumerate(articles):
            faq.entries.create(article=article, position=position)
        return faq
