"""A reviewer sees what a draft of a block would change, and publishes it or sends it back with a word."""

from __future__ import annotations

import pytest
from django.urls import reverse

from handrail.accounts.models import Role
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.knowledge.blocks import Block
from handrail.knowledge.stages import OutOfOrder
from handrail.knowledge.tasks import tasks, waiting
from tests.desk.conftest import signed_in


@pytest.fixture
def author(world):
    return world.staff("author@handrail.test", "정하늘", Role.AUTHOR)


@pytest.fixture
def reviewer(world):
    return world.staff("reviewer@handrail.test", "윤서진", Role.REVIEWER)


@pytest.fixture
def block(world, author):
    """Published in both languages, standing in an article, with an author's draft in Korean."""
    made = Block.start("상담 시간", by=SYSTEM)
    for locale, words in [("ko", "<p>아홉 시부터</p>"), ("en", "<p>From nine</p>")]:
        made.write(locale, html=words, by=SYSTEM)
        made.texts.get(locale=locale).publish(by=SYSTEM)
    world.article("연락처", f'<div data-block="{made.pk}"></div>')
    made.write("ko", html="<p>열 시부터</p>", by=author)
    return made


def difference(block, locale="ko"):
    return reverse("console:block-difference", args=[block.pk, locale])


def verdict(block, step, *, locale="ko", number=2, text=""):
    page = reverse("console:block-verdict", args=[block.pk, locale])
    return page, {"step": step, "number": number, "reach": "public", "text": text}


def kinds(world, user):
    return [(task.kind, task.locale) for task in tasks(world.viewer(user))]


def test_a_draft_stands_beside_what_readers_have(world, block, reviewer):
    page = signed_in(reviewer).get(difference(block)).content.decode()

    assert "<del>아홉</del>" in page and "<ins>열</ins>" in page
    assert page.count('class="difference"') == 1  # English has no draft
    assert f'href="{difference(block)}"' in signed_in(reviewer).get(reverse("console:tasks")).content.decode()


def test_every_language_that_changed_is_shown_the_asked_one_first(world, block, author, reviewer):
    block.write("en", html="<p>From ten</p>", by=author)

    page = signed_in(reviewer).get(difference(block, "en")).content.decode()

    assert page.index('id="changed-en"') < page.index('id="changed-ko"')
    assert "<del>nine</del>" in page and "<del>아홉</del>" in page


def test_a_first_text_is_shown_whole_and_what_opens_is_called_out(world, author, reviewer):
    fresh = Block.start("새 블록", by=author)
    fresh.write("ko", html='<section data-audience="agents"><p>내부 코드</p></section>', by=author)
    client = signed_in(reviewer)
    assert "<ins>내부 코드</ins>" in client.get(difference(fresh)).content.decode()

    fresh.texts.get().publish(by=reviewer)
    fresh.write("ko", html="<p>내부 코드</p>", by=author)
    assert "data-opens" in client.get(difference(fresh)).content.decode()


def test_what_is_sent_back_leaves_the_reviewer_and_reaches_its_author_with_the_words(
    world, block, author, reviewer
):
    assert kinds(world, reviewer) == [("block", "ko")]

    answer = signed_in(reviewer).post(*verdict(block, "changes", text="주말도 적어 주세요"), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("console:block", args=[block.pk, "ko"])
    assert kinds(world, reviewer) == [] and waiting(world.viewer(reviewer)) == 0
    assert kinds(world, author) == [("changes", "ko")] and waiting(world.viewer(author)) == 1
    mine = signed_in(author)
    todo = mine.get(reverse("console:tasks")).content.decode()
    assert "주말도 적어 주세요" in todo and reverse("console:block", args=[block.pk, "ko"]) in todo
    assert "주말도 적어 주세요" in mine.get(reverse("console:block", args=[block.pk, "ko"])).content.decode()
    assert block.published("ko").published.html == "<p>아홉 시부터</p>"


def test_writing_on_answers_it_and_the_draft_waits_again(world, block, author, reviewer):
    block.texts.get(locale="ko").send_back("주말도 적어 주세요", by=reviewer)

    page = reverse("console:block", args=[block.pk, "ko"])
    signed_in(author).post(page, {"title": "x", "html": "<p>열 시부터, 주말에는 쉬어요</p>"})

    assert kinds(world, author) == []
    assert kinds(world, reviewer) == [("block", "ko")]
    assert "주말도 적어 주세요" not in signed_in(author).get(page).content.decode()
    # Whoever asked sees what they asked for beside what was made of it.
    assert "주말도 적어 주세요" in signed_in(reviewer).get(difference(block)).content.decode()


def test_a_reviewer_publishes_from_there_and_goes_on_to_the_next_language(world, block, author, reviewer):
    block.write("en", html="<p>From ten</p>", by=author)
    client = signed_in(reviewer)

    first = client.post(*verdict(block, "publish"), follow=True)
    assert first.redirect_chain[-1][0] == difference(block)
    assert block.published("ko").published.html == "<p>열 시부터</p>"
    second = client.post(*verdict(block, "publish", locale="en"), follow=True)
    assert second.redirect_chain[-1][0] == reverse("console:block", args=[block.pk, "en"])
    assert kinds(world, reviewer) == []


@pytest.mark.parametrize("step", ["publish", "changes"])
def test_a_word_is_on_the_draft_that_was_read(world, block, author, reviewer, step):
    block.write("ko", html="<p>열한 시부터</p>", by=author)

    answer = signed_in(reviewer).post(*verdict(block, step, number=2, text="좋아요"))

    assert answer.status_code == 422
    text = block.texts.get(locale="ko")
    assert text.published.html == "<p>아홉 시부터</p>" and text.is_waiting


def test_sending_back_needs_words_and_a_draft_that_waits(world, block, reviewer):
    answer = signed_in(reviewer).post(*verdict(block, "changes", text=" \0 "))
    assert answer.status_code == 422 and kinds(world, reviewer) == [("block", "ko")]

    text = block.texts.get(locale="ko")
    with pytest.raises(ValueError, match="in words"):
        text.send_back(" ", by=reviewer)
    text.send_back("주말도", by=reviewer)
    with pytest.raises(OutOfOrder):
        text.send_back("또", by=reviewer)
    with pytest.raises(OutOfOrder):
        block.texts.get(locale="en").send_back("없음", by=reviewer)
    assert Event.objects.filter(verb="block.changes_asked").count() == 1


def test_only_who_reviews_says_a_word_and_only_who_writes_sees_the_difference(world, block, author):
    mine = signed_in(author)
    page = mine.get(difference(block))
    assert page.status_code == 200 and 'name="step"' not in page.content.decode()
    for step in ("publish", "changes"):
        assert mine.post(*verdict(block, step, text="좋아요")).status_code == 404
    assert signed_in(world.agent).get(difference(block)).status_code == 404
    assert block.texts.get(locale="ko").is_waiting


def test_taking_back_and_publishing_end_what_was_asked_for(world, block, author, reviewer):
    text = block.texts.get(locale="ko")
    text.send_back("주말도", by=reviewer)

    text.publish(by=reviewer)

    assert kinds(world, author) == [] and not block.texts.get(locale="ko").is_returned
    page = signed_in(reviewer).get(difference(block))
    assert page.status_code == 200 and 'class="difference"' not in page.content.decode()
