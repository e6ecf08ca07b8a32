"""Links that lead nowhere are told, and forgotten once they lead somewhere."""

from __future__ import annotations

import pytest

from handrail.accounts.models import Role
from handrail.accounts.viewer import Viewer
from handrail.core.fetch import Fetched, Refused, TooLarge, Unreachable
from handrail.insights import links
from handrail.insights.links import BrokenLink, check_links
from handrail.knowledge.anchors import anchors_in
from handrail.knowledge.links import links_in

AUTHOR = Viewer(user_id=1, role=Role.AUTHOR)


def broken() -> set[tuple[str, str]]:
    check_links()
    return set(BrokenLink.objects.values_list("address", "problem"))


def test_links_to_what_is_gone_and_to_headings_that_are_not_there(world):
    target = world.article("교환하기", "<h2>카드로 낸 경우</h2><p>…</p><h2>계좌</h2>")
    gone = world.article("없어질 글", "<p>…</p>")
    world.article(
        "환불하기",
        f'<p><a href="article:{target.pk}">교환</a> <a href="article:{target.pk}#카드로-낸-경우">카드</a> '
        f'<a href="article:{target.pk}#수표">수표</a> <a href="article:{gone.pk}">그 글</a></p>',
    )
    assert broken() == {(f"article:{target.pk}#수표", "anchor")}

    gone.translations.get().withdraw(by=world.agent)

    assert broken() == {(f"article:{target.pk}#수표", "anchor"), (f"article:{gone.pk}", "article")}
    since = BrokenLink.objects.get(problem="anchor").since
    gone.translations.get().publish(by=world.agent)
    assert broken() == {(f"article:{target.pk}#수표", "anchor")}
    assert BrokenLink.objects.get().since == since


def test_a_heading_in_a_reusable_block_is_there(world):
    from handrail.knowledge.models import Block

    block = Block.start("영업시간", by=world.agent)
    block.write("ko", html="<h2>주말</h2><p>쉬어요.</p>", by=world.agent)
    block.texts.get().publish(by=world.agent)
    target = world.article("문의", f'<p>…</p><div data-block="{block.pk}"></div>')
    world.article("안내", f'<p><a href="article:{target.pk}#주말">주말</a></p>')

    assert broken() == set()


def answers(monkeypatch, **by_host):
    asked = []

    def fetch(address, **more):
        asked.append(address)
        said = by_host[address.split("//")[1].split(".")[0]]
        if isinstance(said, Exception):
            raise said
        return Fetched(said, {}, b"", address)

    monkeypatch.setattr(links, "fetch", fetch)
    return asked


OTHERS = " ".join(
    f'<a href="https://{name}.example/">{name}</a>'
    for name in ("fine", "gone", "away", "inside", "large", "shut")
)


def test_other_sites_are_not_asked_unless_the_operator_says_so(world, monkeypatch):
    asked = answers(monkeypatch)
    world.article("안내", f"<p>{OTHERS}</p>")

    assert broken() == set() and asked == []


def test_a_page_of_another_site_is_told_when_it_did_not_answer_twice(world, monkeypatch, settings):
    settings.CHECK_OTHER_SITES = True
    said = {
        "fine": 200,
        "gone": 404,
        "away": Unreachable(),
        "inside": Refused(),
        "large": TooLarge(),
        "shut": 403,
    }
    asked = answers(monkeypatch, **said)
    world.article("안내", f"<p>{OTHERS}</p>")
    assert broken() == set()
    assert len(asked) == 6

    assert broken() == {("https://gone.example/", "page"), ("https://away.example/", "page")}
    assert len(asked) == 8, "only what failed is asked again within a week"


def test_links_are_shown_with_the_articles_that_may_be_read(world, author, monkeypatch):
    gone = world.article("없어질 글", "<p>…</p>")
    inner = world.article(
        "직원 안내", f'<p><a href="article:{gone.pk}">비밀 링크</a></p>', audience="employees"
    )
    gone.translations.get().withdraw(by=world.agent)
    check_links()
    assert f"article:{gone.pk}" in author.get("/console/links").content.decode()

    monkeypatch.setattr(Viewer, "audiences", property(lambda self: ("public", "signed_in")))

    for path in ("/console/links", "/console/links?as=csv"):
        assert "비밀" not in author.get(path).content.decode()
    assert not BrokenLink.objects.visible_to(AUTHOR).exists() and inner


def test_the_anchors_of_a_text_are_those_of_its_page():
    assert anchors_in('<h2>가 나</h2><h3>가 나</h3><h2 id="at-x">다</h2>') == {"가-나", "가-나-2", "at-x"}


@pytest.mark.parametrize("html", ['<a name="x">y</a>', "<p>글</p>", '<a href="">빈</a>'])
def test_odd_links_break_nothing(html):
    assert all(link.article is None for link in links_in(html))
