"""One edit of one article: every window serves the new text and names the same version."""

from __future__ import annotations

import re

from handrail.answers import jobs
from handrail.core.actors import SYSTEM
from handrail.knowledge.models import FaqSet
from handrail.web.portal import addresses
from tests.desk.conftest import signed_in

NEW = "돈은 영업일 5일 안에 들어와요"
OLD = "영업일 3일"


def shown(html: str) -> tuple[str, set[int]]:
    """What a window shows without its addresses and hints, and the versions it names."""
    words = re.sub(r"<[^>]+>", " ", html)
    return words, {int(number) for number in re.findall(r"(\d+)판", words)}


def test_one_edit_is_in_every_window_under_the_same_version(client, visitor, help_centre, world):
    article = help_centre.articles["refund"]
    faq = FaqSet.objects.create(brand=world.brand, slug="refunds")
    faq.texts.create(locale="ko", name="환불", description="")
    faq.entries.create(article=article, position=0)
    world.settle()
    before = {name: look() for name, look in windows(client, visitor, article, faq, world).items()}
    assert {name: versions for name, (_text, versions) in before.items()} == {name: {1} for name in before}
    assert {name for name, (text, _versions) in before.items() if OLD not in text} == set()

    article.write("ko", title="환불 신청하는 방법", html=f"<p>주문 내역에서 [환불 신청]을 누르면 돼요. {NEW}.</p>", by=SYSTEM)  # fmt: skip
    article.translations.get(locale="ko").publish(by=SYSTEM)
    world.settle()
    jobs.encode_wanting()

    after = {name: look() for name, look in windows(client, visitor, article, faq, world).items()}
    assert {name: versions for name, (_text, versions) in after.items()} == {name: {2} for name in before}
    assert {name for name, (text, _versions) in after.items() if NEW not in text or OLD in text} == set()


def windows(client, visitor, article, faq, world) -> dict:
    """name -> a look through that window at the text: (its words, the versions it names)."""
    where = addresses.article(article, "ko")

    def page():
        return shown(client.get(where).content.decode())

    def embedded():
        for row in client.get(f"/faq/{faq.pk}.json").json()["ko"]["rows"]:
            return str(row[2]), {row[6]}

    def chat():
        snapshot = visitor.says("환불 신청은 어떻게 해요?")
        world.settle()
        return shown(visitor.hears(snapshot)["lines"][-1]["html"])

    def composer():
        conversation = world.conversation(text="환불 신청은 어떻게 해요?", subject="")
        text = (
            signed_in(world.agent)
            .get(f"/desk/conversations/{conversation.number}/suggestions")
            .content.decode()
        )
        return shown(next(item for item in text.split("<li ") if f'data-article="{article.pk}"' in item))

    def api():
        said = client.get(f"/api/v2/articles/{article.pk}").json()
        return said["body"], {said["version"]}

    def answered(path: str):
        said = client.get(path, {"query": "환불 신청은 어떻게 해요?"}).json()["answer"]
        return str(said), {said["version"]}

    return {
        "page": page,
        "markdown": lambda: shown(client.get(f"{where}.md").content.decode()),
        "faq page": lambda: shown(client.get(addresses.faq_set(faq, "ko")).content.decode()),
        "faq embed": embedded,
        "search": lambda: shown(
            client.get("/hc/ko/search", {"query": "환불 신청은 어떻게 해요?"}).content.decode()
        ),
        "while typing": lambda: answered("/hc/ko/answer"),
        "chat": chat,
        "composer": composer,
        "api": api,
        "answer by api": lambda: answered("/api/v2/answers"),
    }
