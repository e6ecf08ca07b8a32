"""A knowledge base with one of everything that can leave, and one with nothing: what exports and archives are tried on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handrail.answers import projection
from handrail.answers.contexts import Context
from handrail.answers.entries import Entry
from handrail.answers.keywords import KeywordAnswer
from handrail.answers.wholes import Whole
from handrail.contacts.segments import Rule, Segment
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.files.models import StoredFile
from handrail.knowledge.article_files import ArticleFile
from handrail.knowledge.articles import Article
from handrail.knowledge.blocks import Block
from handrail.knowledge.exporting.archive import tables
from handrail.knowledge.faq import FaqSet
from handrail.knowledge.feedback import give
from handrail.knowledge.labelling import ArticleLabel
from handrail.knowledge.products import Product, Topic
from handrail.knowledge.synonyms import SynonymSet
from handrail.knowledge.troubleshooting import drawing
from handrail.knowledge.troubleshooting.models import Troubleshooter
from tests.knowledge.pictures import png
from tests.worlds.small import World

BODY = """<p>결제 후 <strong>3일</strong> 안에 <a href="{link}">신청</a>하세요.</p>
<aside class="note"><p>카드마다 달라요.</p></aside><h2>순서</h2><ol class="steps"><li>주문을 열어요</li><li>눌러요</li></ol>
<figure><img src="{picture}" alt="환불 화면"><figcaption>화면</figcaption></figure>
<table><thead><tr><th>카드</th><th>기간</th></tr></thead><tbody><tr><td>국내</td><td>3일</td></tr></tbody></table>
<pre><code class="language-sh">curl -X POST</code></pre><section data-audience="agents"><p>예외는 팀장에게.</p></section>"""


def news_and_inner_words(world: World) -> None:
    """What ends, what was put away, and what only agents read."""
    news = world.article("점검 안내", "<p>쉬어요.</p>", kind="news")
    news.check_again(on=None, every_days=30, by=world.agent)
    news.confirm(by=world.agent)
    news.end_at(clock.now() + timedelta(days=3), by=world.agent)
    old = world.article("옛 안내", "<p>예전.</p>", audience="agents")
    old.archive(by=world.agent)
    world.article("안쪽 기준", "<p>쉿.</p>", audience="agents")


@pytest.fixture
def full(world: World, settings, tmp_path) -> World:
    """One of everything that can leave: languages, drafts, audiences, labels, pictures, files, order, redirects."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    segment = Segment.define(
        "partners", names={"ko": "협력사", "en": "Partners"}, rules=[Rule(mark="vip")], by=SYSTEM
    )
    below = Topic.offer(
        world.product, "abroad", names={"ko": "해외", "en": "Abroad"}, by=SYSTEM, role="problem"
    )
    below.put(parent=world.topic, by=SYSTEM)
    gone = Product.offer(world.brand, "old-phone", names={"ko": "옛 전화기", "en": "Old phone"}, by=SYSTEM)
    gone.put_away(by=SYSTEM)
    target = world.article("신청하는 방법", "<p>눌러요.</p>")
    article = Article.start(
        below, by=world.agent, kind="policy", audience="segment", segment=segment, position=3
    )
    picture = ArticleFile.attach(article, png("a"), title="환불 화면.png", by=world.agent)
    ArticleFile.attach(article, b"%PDF-1.4 form", title="form.pdf", by=world.agent, is_download=True)
    html = BODY.format(link=f"/hc/ko/articles/{target.pk}-x#at-순서", picture=picture.path)
    article.write("ko", title="해외 카드 환불", html=html, aliases=["해외 결제 취소"], by=world.agent)
    article.translations.get(locale="ko").publish(by=world.agent)
    article.write("en", title="Foreign cards", html="<p>Seven days.</p>", by=world.agent)
    article.translations.get(locale="en").publish(by=world.agent)
    article.write(
        "ko", title="해외 카드로 낸 환불", html="<p>새로 쓰는 중.</p>", slug="새-주소", by=world.agent
    )
    article.translations.get(locale="ko").publish(by=world.agent)
    article.write("ko", title="해외 카드로 낸 환불", html=html, slug="새-주소", by=world.agent)
    article.label_as(["카드", "해외"], by=world.agent)
    ArticleLabel.objects.get(name="카드").call({"en": "Cards"}, by=world.agent)
    ArticleLabel.objects.create(name="나중에").call({"ko": "나중", "en": "Later"}, by=world.agent)
    article.relate([target], by=world.agent)
    article.pin(by=world.agent)
    article.serve("storing", by=world.agent)
    article.give_to(world.agent, by=world.agent)
    article.check_again(on=date(2027, 3, 1), every_days=90, by=world.agent)
    news_and_inner_words(world)
    SynonymSet.keep("ko", ["환불", "리펀드"], by=SYSTEM)
    KeywordAnswer.tie(["캐시백"], target, by=SYSTEM)
    give(target, locale="ko", is_helpful=True, reader="r1", by=SYSTEM)
    FaqSet.offer(
        world.brand, "first", names={"ko": "처음", "en": "First"}, articles=[article, target], by=SYSTEM
    )
    world.settle()
    return world


@pytest.fixture
def everything(full: World) -> World:
    """A full site with what was drawn: a troubleshooter people see, with changes above it, and one nobody saw yet."""
    target = Article.objects.get(translations__slug="신청하는-방법")
    one = Troubleshooter.start(full.topic, names=both("환불이 안 돼요", "No refund"), by=full.agent)
    one.draw(a_tree(one, target), by=full.agent)
    one.publish(by=full.agent)
    one.draw({**one.draft, "name": both("환불이 안 됐어요", "Not refunded")}, by=full.agent)
    begun = Troubleshooter.start(
        full.topic, names=both("취소가 안 돼요", ""), by=full.agent, audience="agents"
    )
    begun.article.give_to(full.agent, by=full.agent)
    write_blocks(full, target)
    full.settle()
    return full


def write_blocks(world: World, target: Article) -> None:
    """Blocks in a text and in each other: published with a draft above, for colleagues, only begun, and without a word."""
    segment = Segment.objects.get(slug="partners")
    hours = Block.start("상담 시간", by=world.agent)
    inner = Block.start("전화: 안쪽", by=world.agent, audience="agents")
    phone = Block.start("Phone / fax", by=world.agent, audience="agents")
    phone.show_to("segment", segment=segment, by=world.agent)
    picture = ArticleFile.attach(hours, png("b"), title="시간표.png", by=world.agent)
    link = f'<a href="/hc/ko/articles/{target.pk}-x">신청</a>'
    put(inner, "ko", "<p>내선 3번</p>", world)
    put(phone, "en", f"<ul><li>Call us</li></ul>{place_of(inner)}", world)
    shown = f'<p>평일 아홉 시부터 {link}</p><figure><img src="{picture.path}" alt="시간표"></figure>{place_of(phone)}'
    put(hours, "ko", shown, world)
    put(hours, "en", "<p>From nine</p>", world)
    hours.write("ko", html=f"<p>열 시부터</p>{place_of(phone)}", by=world.agent)
    Block.start("쓰는 중", by=world.agent).write("ko", html="<p>아직</p>", by=world.agent)
    Block.start("빈 블록", by=world.agent)
    text = (
        f"<p>앞</p>{place_of(hours)}<ul><li>하나</li><li>{place_of(hours)}</li></ul>"
        f"<table><tbody><tr><td>칸</td><td>{place_of(hours)}</td></tr></tbody></table>"
        f'<section data-audience="agents">{place_of(inner)}</section><p>뒤</p>'
    )
    world.article("연락하는 방법", text)


def put(block: Block, locale: str, html: str, world: World) -> None:
    block.write(locale, html=html, by=world.agent)
    text = block.texts.get(locale=locale)
    text.block = block
    text.publish(by=world.agent)


def place_of(block: Block) -> str:
    return f'<div data-block="{block.pk}"></div>'


def both(ko: str, en: str) -> dict[str, str]:
    return {"ko": ko, "en": en}


def a_tree(one: Troubleshooter, target: Article) -> drawing.Document:
    document, _first = drawing.with_new_steps(
        {
            **one.draft,
            "intro": both("두 가지만 여쭤볼게요.\n금방 끝나요.", "Two questions."),
            "wordings": {"ko": ["돈이 안 와요"], "en": []},
            "steps": [
                {
                    **one.draft["steps"][0],
                    "text": both("카드로 냈나요?", "Paid by card?"),
                    "choices": [
                        {"key": "c1", "text": both("네", "Yes"), "to": "new:article"},
                        {"key": "c2", "text": both("아니요", "No"), "to": "new:advice"},
                        {"key": "c3", "text": both("모르겠어요", "Not sure"), "to": "person"},
                    ],
                }
            ],
        }
    )
    document["steps"][1]["article"] = target.pk
    document["steps"][2]["text"] = both("사흘 기다려 주세요: 은행마다 달라요.", "Wait for three days.")
    return document


def empty(world: World) -> None:
    """An installation without knowledge: same company, nothing written yet."""
    projection.forget(Entry.objects.all())
    Whole.objects.all().delete()
    Context.objects.all().delete()
    for model in [*tables(), StoredFile]:
        model._default_manager.all()._raw_delete("default")


def names_of_labels() -> dict[str, dict[str, str]]:
    return dict(ArticleLabel.objects.values_list("name", "names"))
