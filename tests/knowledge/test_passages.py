"""A passage for colleagues: not a word of it outside, all of it for them."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.answers.entries import Entry
from handrail.knowledge.models import FaqSet
from handrail.knowledge.passages import split, without
from handrail.knowledge.reading import read

SECRET = "비밀기준표"
HTML = (
    "<p>환불은 사흘 걸려요.</p>"
    f'<section data-audience="agents"><h2>{SECRET} 제목</h2><p>{SECRET}: 십만 원 넘으면 팀장에게 물어봐요.</p></section>'
    "<p>카드사마다 달라요.</p>"
)


@pytest.fixture
def article(world):
    return world.article("환불은 언제 되나요", HTML, kind="news")


def test_no_page_feed_list_search_or_answer_outside_has_a_word_of_it(client, article, world):
    text = article.translations.get()
    faq = FaqSet.offer(world.brand, "faq", names={"ko": "자주"}, articles=[article], by=world.agent)
    paths = [
        reverse("portal:article", args=["ko", article.pk, text.slug]),
        reverse("portal:article", args=["en", article.pk, text.slug]),
        reverse("portal:article-text", args=["ko", article.pk, text.slug]),
        reverse("portal:faq", args=["ko", faq.pk, "faq"]),
        reverse("portal:news", args=["ko"]),
        reverse("portal:llms"),
        reverse("portal:sitemap"),
        reverse("portal:home", args=["ko"]),
        reverse("portal:search", args=["ko"]) + f"?query={SECRET}",
        reverse("portal:suggest", args=["ko"]) + f"?query={SECRET}",
        reverse("portal:answer", args=["ko"]) + f"?query={SECRET}",
        f"/api/v2/answers?query={SECRET}",
        f"/api/v2/suggestions?query={SECRET}",
    ]

    for path in paths:
        said = client.get(path, follow=True).content.decode()
        assert "팀장에게" not in said, path
        assert f"{SECRET} 제목" not in said, path
        assert SECRET not in said or "query=" in path, path
    assert "사흘" in client.get(paths[0], follow=True).content.decode()


def test_what_is_kept_for_reading_never_holds_it(article):
    revision = article.translations.get().published

    assert SECRET not in revision.html
    assert SECRET not in revision.text
    assert SECRET in revision.whole


def test_colleagues_read_it_find_it_and_are_quoted_it(article, world):
    revision = article.translations.get().published

    assert SECRET in read(revision, world.viewer(), locale="ko")
    assert SECRET not in read(revision, STRANGER, locale="ko")
    audiences = {row.audience for row in Entry.objects.filter(article=article, text__contains=SECRET)}
    assert audiences == {"agents"}
    asked = answer(f"{SECRET} 십만 원 팀장", world.viewer(), locale="ko", remember=False)
    assert asked.considered[0].article == article.pk


def test_a_question_in_its_words_gets_no_quotation_of_it_outside(article):
    asked = answer(f"{SECRET} 십만 원 팀장", STRANGER, locale="ko", remember=False)

    assert SECRET not in json.dumps(asked.as_json(), ensure_ascii=False)


def test_passages_within_sections_are_taken_out_whole():
    html = '<section><p>가</p><section data-audience="agents"><section><p>나</p></section></section><p>다</p></section>'

    assert without(html) == "<section><p>가</p><p>다</p></section>"
    assert "".join(piece for _is_inner, piece in split(html)) == html


def test_where_cleaning_loses_the_mark_the_whole_text_is_for_colleagues(world):
    deep = "<div>" * 200 + f'<section data-audience="agents"><p>{SECRET}</p></section>' + "</div>" * 200

    article = world.article("깊은 글", deep)

    revision = article.translations.get().published
    assert SECRET not in revision.html
    assert SECRET in revision.whole


def test_restoring_a_revision_brings_its_passage_back(article, world):
    first = article.translations.get().published
    article.write("ko", title="환불", html="<p>새 글</p>", by=world.agent)

    again = article.restore(first, by=world.agent)

    assert again.whole == first.whole
