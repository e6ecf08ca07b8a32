"""Who answers for each article, when it was last checked, and drafts at every stage of their way."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from demo.data import days_before, in_seoul, number_of
from handrail.accounts.models import User
from handrail.core import clock
from handrail.core.events.ledger import of_the_past
from handrail.knowledge.articles import Article
from handrail.knowledge.translations import Translation

HALF_A_YEAR = 180  # days
OWNERS = {"isul-cream": "eunsu.do", "haet-sun": "eunsu.do"}  # by product; Gaeun has the rest
# Days since they were checked: past their date, and nearly.
CHECKED_LONG_AGO = {"points": 195, "when-to-replace-filter": 183, "foreign-card-fee": 176}


def take_care(articles: dict[str, Article], now: datetime) -> int:
    """Give articles their owners and check dates, and leave a few drafts on the way. Returns how many have an owner."""
    staff = {user.email.partition("@")[0]: user for user in User.objects.staff()}
    with transaction.atomic(), of_the_past():
        for name, article in articles.items():
            owner = staff[OWNERS.get(article.topic.product.slug, "gaeun.min")]
            days = CHECKED_LONG_AGO.get(name, 3 + number_of(name) % 150)
            with clock.at(days_before(now, days)):
                article.give_to(owner, by=owner)
                article.check_again(on=clock.now().date(), every_days=HALF_A_YEAR, by=owner)
                article.confirm(by=owner)
        _leave_drafts(articles, author=staff["gaeun.min"], reviewer=staff["jaewon.noh"], now=now)
    return len(articles)


def _leave_drafts(articles: dict[str, Article], *, author: User, reviewer: User, now: datetime) -> None:
    """One text in review, one sent back, one scheduled, and one whose translation is out of date."""
    with clock.at(days_before(now, 2)):
        changed = _add(articles["notification-settings"], "바꾼 설정은 바로 적용돼요.", by=author)
        changed.approve(by=reviewer)
        changed.publish(by=author)
        sent_back = _add(articles["clean-lamp"], "마른 천으로 한 번 더 닦아 주세요.", by=author)
        sent_back.ask_for_review(by=author, reviewer=reviewer)
    with clock.at(now - timedelta(hours=3)):
        sent_back.request_changes("어떤 천이 좋은지도 적어 주세요. 극세사 천이면 충분해요.", by=reviewer)
        asked = _add(articles["use-a-coupon"], "쿠폰은 한 주문에 한 장만 쓸 수 있어요.", by=author)
        asked.ask_for_review(by=author, reviewer=reviewer)
        planned = _add(articles["year-end-delivery-2026"], "새해 첫 출고일은 다시 안내해 드려요.", by=author)
        planned.approve(by=reviewer)
        planned.schedule(in_seoul(now + timedelta(days=3), hour=9), by=author)


def _add(article: Article, sentence: str, *, by: User) -> Translation:
    """A new draft of the Korean text with one more sentence at its end."""
    text = article.translations.select_related("published").get(locale="ko")
    assert text.published is not None  # the import published it
    html = f"{text.published.whole}\n<p>{sentence}</p>"
    article.write("ko", title=text.published.title, html=html, by=by)
    return article.translations.select_related("published", "draft", "article").get(locale="ko")
