"""Words that lead to an article leave in its front matter and are tied again where it comes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.answers.keywords import KeywordAnswer
from handrail.knowledge.articles import Article
from handrail.knowledge.exporting import markdown
from handrail.knowledge.importing.run import run
from tests.knowledge.full_site import empty
from tests.knowledge.importing import Source, told


@pytest.fixture
def two(world) -> tuple[Article, Article]:
    """환불 with 캐시백 and 리펀드, 배송 with 택배."""
    refund, delivery = world.article("환불", "<p>삼일.</p>"), world.article("배송", "<p>이틀.</p>")
    KeywordAnswer.tie(["캐시백", "리펀드"], refund, by=world.agent)
    KeywordAnswer.tie(["택배"], delivery, by=world.agent)
    return refund, delivery


def change(root: Path, title: str, old: str, new: str) -> None:
    (file,) = (path for path in root.rglob("*.md") if path.name.startswith(title))
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def ties() -> dict[str, list[str]]:
    return {one.article.title_in("ko"): one.words for one in KeywordAnswer.objects.all()}


def test_words_come_in_with_their_article_and_bring_its_answer(world, two, tmp_path):
    before = ties()
    markdown.export(tmp_path, brand=world.brand)
    assert "keywords:\n- 캐시백\n- 리펀드\n" in next(tmp_path.rglob("환불*.md")).read_text()
    empty(world)

    assert not told(run(tmp_path, brand=world.brand))

    assert ties() == before
    found = answer("캐시백은요?", STRANGER, locale="ko", remember=False)
    assert found.answer and found.answer.title == "환불"


def test_words_move_from_one_article_to_another_and_away(world, two, tmp_path):
    markdown.export(tmp_path, brand=world.brand)
    change(tmp_path, "환불", "- 캐시백\n", "- 택배\n")
    change(tmp_path, "배송", "- 택배\n", "- 캐시백\n")
    assert not told(run(tmp_path, brand=world.brand))
    assert ties() == {"환불": ["택배", "리펀드"], "배송": ["캐시백"]}

    change(tmp_path, "배송", "keywords:\n- 캐시백\n", "")
    assert not told(run(tmp_path, brand=world.brand))
    assert ties() == {"환불": ["택배", "리펀드"]}


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_a_word_that_leads_elsewhere_is_told_until_it_does_not(world, two, tmp_path, is_elsewhere):
    markdown.export(tmp_path, brand=world.brand)
    if is_elsewhere:
        empty(world)
        run(tmp_path, brand=world.brand)
    change(tmp_path, "환불", "- 캐시백\n", "- 택배\n")

    for _time in range(2):
        report = run(tmp_path, brand=world.brand)
        assert {each[2] for each in told(report)} == {"keyword_taken"}
        assert "택배" in report.troubles[0].message and "배송" in report.troubles[0].message
        assert ties() == {"환불": ["리펀드"], "배송": ["택배"]}

    change(tmp_path, "배송", "- 택배\n", "- 소포\n")
    assert not told(run(tmp_path, brand=world.brand))
    assert ties() == {"환불": ["택배", "리펀드"], "배송": ["소포"]}


def test_a_reader_takes_no_words_along_and_brings_none_away(world, two, tmp_path):
    before = ties()
    for at, more in enumerate([{"form": 1}, {"viewer": STRANGER, "reader": "public"}]):
        name = f"out {at}"
        markdown.export(tmp_path / name, brand=world.brand, **more)
        assert not any("keywords" in path.read_text() for path in (tmp_path / name).rglob("*.md"))
        change(tmp_path / name, "환불", f"position: {at}", f"position: {at + 1}")
        assert not told(run(tmp_path / name, brand=world.brand))
        assert Article.objects.get(pk=two[0].pk).position == at + 1
    assert ties() == before


def test_keywords_that_others_wrote_for_search_engines_tie_nothing(world, tmp_path):
    source = Source(tmp_path, world)
    source.article("orders/refunds/a.ko.md", keywords="refund, money")
    assert not told(source.take_in())
    assert not KeywordAnswer.objects.exists()


def test_words_changed_here_stay_while_the_file_says_the_same(world, two, tmp_path):
    markdown.export(tmp_path, brand=world.brand)
    empty(world)
    run(tmp_path, brand=world.brand)
    KeywordAnswer.tie(["환급"], Article.objects.get(translations__slug="환불"), by=world.agent)
    run(tmp_path, brand=world.brand)
    assert ties()["환불"] == ["환급"]
