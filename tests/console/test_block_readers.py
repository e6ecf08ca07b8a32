"""An author narrows at once for whom a block is; that more people read it waits with the draft for a reviewer."""

from __future__ import annotations

import pytest
from django.urls import reverse

from handrail.accounts.models import Role
from handrail.accounts.viewer import STRANGER
from handrail.contacts.segments import Rule, Segment
from handrail.core.actors import SYSTEM
from handrail.knowledge.blocks import Block
from handrail.knowledge.reading import read
from handrail.knowledge.stages import OutOfOrder
from handrail.knowledge.tasks import tasks
from tests.desk.conftest import signed_in


@pytest.fixture
def author(world):
    return world.staff("author@handrail.test", "정하늘", Role.AUTHOR)


@pytest.fixture
def reviewer(world):
    return world.staff("reviewer@handrail.test", "윤서진", Role.REVIEWER)


@pytest.fixture
def block(world):
    """For everybody, published, standing in a public article."""
    made = Block.start("연락처", by=SYSTEM)
    made.write("ko", html="<p>내선 7001</p>", by=SYSTEM)
    made.texts.get().publish(by=SYSTEM)
    made.article = world.article("전화", f'<div data-block="{made.pk}"></div>')
    return made


def choose(user, block, audience, **more):
    """What the page's form sends when this audience is chosen on it."""
    client = signed_in(user)
    page = client.get(reverse("console:block", args=[block.pk, "ko"])).content.decode()
    shown = page.split('name="shown" value="')[1].split('"')[0]
    care = reverse("console:block-care", args=[block.pk, "ko"])
    answer = client.post(care, {"name": block.name, "audience": audience, "shown": shown, **more})
    assert answer.status_code == 302
    block.refresh_from_db()


def judge(user, block, step="publish", *, reach=None):
    text = block.texts.get(locale="ko")
    sent = {"step": step, "number": text.draft.number, "reach": reach or text.reach, "text": "안 돼요"}
    return signed_in(user).post(reverse("console:block-verdict", args=[block.pk, "ko"]), sent)


def is_seen(block):
    return "7001" in read(block.article.translations.get().published, STRANGER, locale="ko")


def waits(world, user):
    return [task.kind for task in tasks(world.viewer(user))]


def test_narrowing_holds_at_once_and_widening_again_waits_even_to_what_it_was(world, block, author, reviewer):
    choose(author, block, "agents")
    assert block.audience == "agents" and not is_seen(block)

    choose(author, block, "public")
    assert block.audience == "agents" and not is_seen(block)
    assert block.wanted_audience == "public"
    assert waits(world, reviewer) == ["block"]

    assert judge(reviewer, block).status_code == 302
    block.refresh_from_db()
    assert block.audience == "public" and is_seen(block)
    assert block.wanted_audience == "" and waits(world, reviewer) == []


def test_a_reviewer_is_told_whom_it_would_reach(block, author, reviewer):
    choose(author, block, "employees")
    choose(author, block, "signed_in")

    page = signed_in(reviewer).get(reverse("console:block-difference", args=[block.pk, "ko"]))

    told = page.content.decode().split('data-meaning="waiting" role="note">')[1].split("</div>")[0]
    assert "지금은 직원, 공개한 뒤에는 로그인한 사람" in told


def test_words_and_wish_are_published_together_in_one_press(world, block, author, reviewer):
    choose(author, block, "agents")
    choose(author, block, "public")
    page = reverse("console:block", args=[block.pk, "ko"])
    signed_in(author).post(page, {"title": "x", "html": "<p>내선 7001, 7002</p>"})

    judge(reviewer, block)

    block.refresh_from_db()
    assert block.audience == "public"
    assert "7002" in read(block.article.translations.get().published, STRANGER, locale="ko")


def test_a_wish_that_came_after_the_page_was_read_is_not_published_by_it(world, block, author, reviewer):
    choose(author, block, "agents")
    block.write("ko", html="<p>내선 7001, 7002</p>", by=author)
    before = block.texts.get().draft.number
    choose(author, block, "public")

    verdict = reverse("console:block-verdict", args=[block.pk, "ko"])
    sent = {"step": "publish", "number": before, "reach": "agents"}
    assert signed_in(reviewer).post(verdict, sent).status_code == 422
    page = reverse("console:block", args=[block.pk, "ko"])
    written = {"title": "x", "html": "<p>내선 7003</p>", "then": "publish", "reach": "agents"}
    assert signed_in(reviewer).post(page, written).headers["Location"].endswith("/difference")
    block.refresh_from_db()
    assert block.audience == "agents" and not is_seen(block)


def test_a_draft_that_was_narrowed_since_is_read_again_before_it_is_published(block, author, reviewer):
    block.write("ko", html="<p>내선 7002</p>", by=author)
    choose(author, block, "agents")

    assert judge(reviewer, block, reach="public").status_code == 422


def test_a_wish_is_sent_back_and_taken_back(world, block, author, reviewer):
    choose(author, block, "agents")
    choose(author, block, "public")
    judge(reviewer, block, "changes")
    assert waits(world, reviewer) == [] and waits(world, author) == ["changes"]
    assert not is_seen(block)

    # As it is now: nothing is wished any more, and nothing else was in the draft.
    choose(author, block, "agents")

    assert block.wanted_audience == "" and block.texts.get().draft is None
    assert waits(world, author) == [] and block.audience == "agents"


def test_narrowing_once_more_ends_a_wish_and_keeps_the_words(block, author):
    choose(author, block, "signed_in")
    choose(author, block, "public")
    block.write("ko", html="<p>새 말</p>", by=author)

    choose(author, block, "agents")

    text = block.texts.get()
    assert (block.audience, block.wanted_audience, text.draft.html) == ("agents", "", "<p>새 말</p>")


def test_a_new_name_leaves_a_wish_as_it_is(block, author, reviewer):
    choose(author, block, "agents")
    choose(author, block, "public")

    choose(author, block, "public", name="전화번호")
    assert (block.name, block.wanted_audience, block.audience) == ("전화번호", "public", "agents")
    choose(reviewer, block, "agents", name="내선")
    assert (block.name, block.wanted_audience, block.audience) == ("내선", "public", "agents")


def test_a_reviewer_widens_at_once_and_so_does_an_author_while_nothing_is_published(world, author, reviewer):
    fresh = Block.start("새 블록", by=author, audience="agents")
    fresh.write("ko", html="<p>말</p>", by=author)
    choose(author, fresh, "public")
    assert fresh.audience == "public"

    fresh.show_to("agents", by=author)
    fresh.texts.get().publish(by=reviewer)
    choose(reviewer, fresh, "employees")
    assert fresh.audience == "employees" and waits(world, reviewer) == []


def test_a_segment_and_the_employees_do_not_lie_one_within_the_other(block, author):
    segment = Segment.define("vip", names={"ko": "단골", "en": "VIP"}, rules=[Rule(mark="vip")], by=SYSTEM)
    choose(author, block, f"segment:{segment.pk}")
    assert block.segment == segment

    choose(author, block, "employees")

    assert block.segment == segment and block.wanted_audience == "employees"


def test_a_wish_for_a_segment_that_is_gone_lets_nobody_in(block, author, reviewer):
    segment = Segment.define("vip", names={"ko": "단골", "en": "VIP"}, rules=[Rule(mark="vip")], by=SYSTEM)
    choose(author, block, "agents")
    choose(author, block, f"segment:{segment.pk}")
    segment.delete()

    judge(reviewer, block)

    block.refresh_from_db()
    assert block.audience == "agents" and block.texts.get().wanted_audience == ""


def test_what_is_written_in_one_language_only_is_wished_from_any_page(block, author):
    block.show_to("agents", by=author)
    care = reverse("console:block-care", args=[block.pk, "en"])
    signed_in(author).post(care, {"name": block.name, "audience": "public"})

    assert list(block.texts.exclude(wanted_audience="").values_list("locale", flat=True)) == ["ko"]
    with pytest.raises(OutOfOrder):
        block.wish_for("public", locale="en", by=author)
