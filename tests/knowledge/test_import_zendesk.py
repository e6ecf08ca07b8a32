"""Saved answers of Zendesk's help-centre API. We wrote these files in the API's form; they are from no live account."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from django.utils import translation

from handrail.accounts.viewer import STRANGER
from handrail.knowledge.importing.reasons import sentence
from handrail.knowledge.importing.run import run
from handrail.knowledge.models import Article, ArticleFile
from tests.knowledge.importing import text_of, told

SAVED = Path(__file__).parent / "zendesk"

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved(tmp_path, settings, world) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return shutil.copytree(SAVED, tmp_path / "saved")


@pytest.fixture
def take_in(saved, world):
    return lambda: run(saved, brand=world.brand)


def test_categories_sections_and_languages_come_in(take_in):
    report = take_in()
    article = Article.objects.get(source="zendesk:ongyeol.zendesk.example/5001")
    assert (report.articles, report.count("new")) == (6, 7)
    assert (article.topic.product.name("en"), article.topic.name("en")) == ("Air purifier", "Filters")
    assert article.topic.product.name("ko") == "공기청정기"
    assert article.is_pinned
    assert {t.locale: t.title for t in article.translations.all()} == {
        "ko": "필터 교체하는 방법", "en": "Replace the filter"}  # fmt: skip
    assert text_of("5001").updated_at.date().isoformat() == "2025-05-07"


def test_a_section_is_named_by_its_translation(take_in):
    take_in()
    assert Article.objects.get(source__endswith="/5003").topic.name("en") == "Refunds"


def test_links_and_pictures_lead_to_ours(take_in):
    take_in()
    html = text_of("5001").published.html
    number = Article.objects.get(source__endswith="/5002").pk
    assert f'href="/hc/ko/articles/{number}-' in html and "#at-cause" in html
    assert f'src="{ArticleFile.objects.get().path}"' in html
    assert "zendesk" not in html and "script" not in html


@pytest.mark.parametrize("said", ["../etc", "", 7, ["a"], "x" * 200])
def test_names_in_addresses_of_an_export_of_ours_are_kept_and_no_others(saved, take_in, said):
    slugs = {
        "categories.ko.json": "purifier",
        "categories.en-us.json": "purifier",
        "articles.ko.1.json": said,
    }
    for name, slug in slugs.items():
        answer = json.loads((saved / name).read_text(encoding="utf-8"))
        for row in answer[name.split(".")[0]]:
            row["handrail"] = {"slug": slug}
        (saved / name).write_text(json.dumps(answer), encoding="utf-8")

    take_in()

    assert {article.topic.product.slug for article in Article.objects.all()} == {"purifier"}
    assert text_of("5001").slug == "필터-교체하는-방법"


def test_segments_become_audiences_and_an_unknown_one_the_narrowest(take_in):
    take_in()
    audiences = {a.source.rpartition("/")[2]: a.audience for a in Article.objects.all()}
    assert audiences == {"5001": "public", "5002": "public", "5003": "signed_in", "5004": "agents",
                         "5005": "public", "5008": "agents"}  # fmt: skip
    seen = {a.source.rpartition("/")[2] for a in Article.objects.visible_to(STRANGER)}
    assert seen == {"5001", "5002"}, "5005 is a draft"


def test_everything_that_did_not_come_in_is_told(take_in):
    assert told(take_in()) == {
        ("failed", "articles.ko.2.json#5006", "empty"),
        ("failed", "articles.ko.2.json#5007", "no_section"),
        ("note", "articles.ko.2.json#5008", "segment"),
        ("note", "articles.ko.1.json#5002", "link_lost"),
        ("note", "articles.ko.1.json#5002", "picture_remote"),
        ("left_out", "translations.5001.json#5001", "language"),
    }


def test_a_page_nobody_saved_is_told_and_the_rest_comes_in(saved, take_in):
    (saved / "articles.ko.2.json").unlink()
    report = take_in()
    missing = next(entry for entry in report.entries if entry.reason == "page_missing")
    assert missing.details == {"page": 2, "what": "articles", "got": 4, "all": 8}
    assert report.articles == 4


def test_a_file_that_is_no_answer_is_told(saved, take_in):
    (saved / "broken.json").write_text("{")
    (saved / "other.json").write_text('{"tickets": []}')
    report = take_in()
    assert told(report) >= {("failed", "broken.json", "not_json"), ("failed", "other.json", "not_json")}
    assert report.articles == 6


@pytest.mark.parametrize(
    ("body", "korean"),
    [
        (b"{", "1번째 줄 2번째 글자를 읽을 수 없어요"),
        (b'{"tickets": []}', "categories, sections, articles, translations, user_segments, labels"),
        (b'{"articles": [{}]}', "id"),
        (b'{"articles": ["x"]}', "모양"),
        ('{"articles": "글"}'.encode("cp949"), "UTF-8"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_the_language_of_whoever_reads_it(saved, take_in, body, korean):
    (saved / "other.json").write_bytes(body)
    entry = next(entry for entry in take_in().entries if entry.path == "other.json")
    with translation.override("ko"):
        assert korean in sentence(entry.reason, entry.details)


def test_a_second_run_changes_nothing_and_a_third_only_what_did(saved, take_in):
    take_in()
    assert take_in().counts["unchanged"] == 7

    page = json.loads((saved / "articles.ko.1.json").read_text())
    page["articles"][2]["body"] = "<p>받은 날부터 14일 안에 신청해 주세요.</p>"
    (saved / "articles.ko.1.json").write_text(json.dumps(page))
    report = take_in()

    assert [(e.path, e.status) for e in report.entries if e.status in ("new", "changed")] == [
        ("articles.ko.1.json#5003", "changed")]  # fmt: skip
    assert "14일" in text_of("5003").published.text
