"""A brand with one article of about 13 KB, made through the public verbs. Prints the article's path."""

from __future__ import annotations

import random

import django

django.setup()

from handrail.core.actors import SYSTEM  # noqa: E402
from handrail.knowledge.articles import Article  # noqa: E402
from handrail.knowledge.products import Product, Topic  # noqa: E402
from handrail.web.portal import addresses  # noqa: E402
from handrail.workspace.models import Brand, BusinessHours  # noqa: E402

WORDS = [
    "환불은",
    "결제하신",
    "카드로",
    "사흘",
    "안에",
    "돌아가요",
    "주문",
    "내역에서",
    "신청을",
    "누르고",
    "이유를",
    "골라",
    "주세요",
    "배송",
    "전이면",
    "바로",
    "취소돼요",
]
WEEKDAYS = {str(day): [["09:00", "12:00"], ["13:00", "18:00"]] for day in range(5)}


def paragraph(dice: random.Random) -> str:
    return "<p>" + " ".join(dice.choices(WORDS, k=60)) + ".</p>"


def main() -> None:
    dice = random.Random(7)
    brand = Brand.objects.create(slug="bench", name_ko="벤치", name_en="Bench")
    BusinessHours.objects.create(name="support", weekly=WEEKDAYS)
    product = Product.objects.create(brand=brand, slug="orders")
    product.texts.create(locale="ko", name="주문·배송·환불")
    topic = Topic.objects.create(product=product, slug="refunds")
    topic.texts.create(locale="ko", name="환불")
    html = "".join(f"<h2>{n}. 환불 신청하기</h2>{paragraph(dice)}{paragraph(dice)}" for n in range(1, 13))
    article = Article.start(topic, by=SYSTEM)
    article.write("ko", title="환불 신청하는 방법", html=html, by=SYSTEM)
    article.translations.get(locale="ko").publish(by=SYSTEM)
    print(addresses.article(article, "ko"))


main()
