"""Replies sent again and again: put together by their words, drafted without anybody's name, silent about private teams."""

from __future__ import annotations

from handrail.accounts.models import Team
from handrail.conversations.models import Conversation
from handrail.insights import drafting
from handrail.insights.gaps import Gap
from handrail.insights.replies import likeness, marks_of, shared_sentences
from handrail.knowledge.models import Article
from tests.insights.test_gaps import encoder, found  # noqa: F401  (a fixture for every test here)

REPLY = (
    "안녕하세요, {name} 고객님. 이서준입니다.\n선물 포장은 주문서의 배송 메모에 적어 주시면 무료로 해 드려요. "
    "리본 색은 빨강과 하양 중에 고르실 수 있어요. 주문 {order} 건은 내일 나가요."
)


def reply_to(world, number: int, team: Team | None = None) -> Conversation:
    person = world.person(f"p{number}@example.com", name=f"손님{number}")
    talk = world.conversation(person)
    if team:
        Conversation.objects.filter(pk=talk.pk).update(team=team)
    talk.reply(REPLY.format(name=f"손님{number}", order=f"2026{number:04d}"), by=world.agent)
    return talk


def test_a_reply_sent_again_and_again_becomes_a_draft_without_names(world, author):
    for number in range(4):
        reply_to(world, number)
    world.conversation(world.person("z@example.com")).reply(
        "비밀번호는 로그인 화면에서 다시 만드실 수 있어요. 메일의 링크를 눌러 주세요.", by=world.agent
    )
    found()

    [gap] = Gap.objects.worth_showing()
    assert (gap.kind, gap.people) == ("reply", 4)
    page = author.get(f"/console/gaps/{gap.pk}").content.decode()
    assert "선물 포장은 주문서의" in page and "손님" not in page

    answer = author.post(f"/console/gaps/{gap.pk}/draft")

    article = Article.objects.get()
    draft = article.translations.get().draft
    assert answer["Location"].endswith(f"/console/articles/{article.pk}/ko")
    assert "리본 색은" in draft.html
    for private in ("손님", "이서준", "2026"):
        assert private not in draft.html + draft.title


def test_what_a_private_team_replies_is_nowhere(world, author):
    private = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    for number in range(4):
        reply_to(world, number, private)
    found()
    assert not Gap.objects.exists()

    open_team = Team.objects.create(slug="sales", name_ko="영업팀", name_en="Sales")
    for number in range(4):
        reply_to(world, 10 + number, open_team)
    found()
    gap = Gap.objects.get()
    assert author.get(f"/console/gaps/{gap.pk}").status_code == 200
    open_team.is_private = True
    open_team.save()

    assert author.get(f"/console/gaps/{gap.pk}").status_code == 404
    assert "선물 포장은" not in author.get("/console/gaps").content.decode()
    assert author.post(f"/console/gaps/{gap.pk}/draft").status_code == 404


def test_marks_tell_like_texts_from_others():
    one = marks_of(REPLY.format(name="김민지", order="20261101"))
    other = marks_of(REPLY.format(name="박서연", order="20261102"))
    foreign = marks_of("비밀번호는 로그인 화면에서 다시 만드실 수 있어요. 메일의 링크를 눌러 주세요.")

    assert likeness(one, one) == 1.0
    assert likeness(one, other) > 0.6
    assert likeness(one, foreign) < 0.1


def test_only_what_most_replies_share_is_kept():
    texts = ["같은 말이에요. 하나만 달라요.", "같은 말이에요. 이것도 달라요.", "같은 말이에요. 또 달라요."]

    assert shared_sentences(texts) == ["같은 말이에요."]
    assert shared_sentences(["혼자 하는 말이에요."]) == []


def test_what_a_gap_says_stands_in_its_page_and_not_among_the_messages(world, author):
    for number in range(4):
        reply_to(world, number)
    found()

    text = author.get(f"/console/gaps/{Gap.objects.worth_showing().get().pk}").content.decode()

    assert 'class="gap-said"' in text and 'class="said"' not in text


def test_a_draft_of_replies_stands_where_the_nearest_article_stands(world):
    parcels = world.topic.product.topics.create(slug="parcels", position=9)
    near = world.article("배송 준비 중인 주문의 주소 바꾸기", "<p>주문 내역에서 주소를 바꿔요.</p>")
    near.move(parcels, by=world.agent)
    world.settle()
    gap = Gap.objects.create(kind="reply", title="배송 준비 중인 주문의 주소", locale="ko")

    assert drafting.begin_article(gap, by=world.agent).topic == parcels
