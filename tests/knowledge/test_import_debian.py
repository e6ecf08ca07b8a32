"""Real books: Debian's installation guide in Korean and English, and Debian's FAQ. Their text is never committed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handrail.knowledge.importing.folder import Choices
from handrail.knowledge.importing.run import run
from handrail.knowledge.models import Article, Product, Topic, Translation

GUIDE = Path("/usr/share/doc/installation-guide-amd64")
FAQ = Path("/usr/share/doc/debian/FAQ")

pytestmark = pytest.mark.django_db


def needs(folder: Path, package: str) -> None:
    """In CI a missing package is a failure: bin/test installs it there."""
    if not folder.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"Debian package {package} is not installed")


@pytest.fixture
def guide(world):
    needs(GUIDE, "installation-guide-amd64")
    return run(GUIDE, brand=world.brand, choices=Choices(product="debian-install"))


def pages(folder: Path) -> int:
    return len(list(folder.glob("*.html")))


def test_a_heading_that_begins_with_a_command_loses_its_number_too(tmp_path, world):
    (tmp_path / "a.ko.html").write_text(
        '<html><head><meta name="generator" content="DocBook XSL Stylesheets"><title>설치</title></head><body>'
        '<div class="section"><h2 class="title">D.3. 설치</h2><h3 class="title">D.3.2. <strong>debootstrap</strong> 설치</h3>'
        '<p>내려받아요.</p><h3 class="title">D.3.3. 실행</h3><p>실행해요.</p></div></body></html>',
        encoding="utf-8",
    )

    run(tmp_path, brand=world.brand, choices=Choices(product="debian-install"))

    html = Translation.objects.get().published.html
    assert "D.3" not in html and "<strong>debootstrap</strong> 설치</h" in html


def test_every_page_of_the_guide_is_one_article_in_two_languages_and_comes_in_once(guide, world):
    it_reads_like_articles_in_topics_with_links_among_them()
    assert pages(GUIDE / "ko") == pages(GUIDE / "en") == guide.articles == Article.objects.count()
    assert guide.count("new") == 2 * guide.articles and guide.count("failed") == 0
    assert Translation.objects.filter(locale="ko", published__isnull=False).count() == guide.articles
    left_out = {entry.locale: entry.details["count"] for entry in guide.entries if entry.reason == "language"}
    assert left_out["de"] == pages(GUIDE / "de")

    again = run(GUIDE, brand=world.brand, choices=Choices(product="debian-install"))
    assert (again.count("new"), again.count("changed")) == (0, 0)
    assert again.count("unchanged") == guide.count("new")


def it_reads_like_articles_in_topics_with_links_among_them():
    topic = Topic.objects.get(slug="ch02")
    assert (topic.name("ko"), topic.name("en")) == ("시스템 요구 사항", "System Requirements")
    product = Product.objects.get(slug="debian-install")
    assert product.name("ko") == "데비안 GNU/리눅스 설치 안내서"
    assert product.name("en") == "Debian GNU/Linux Installation Guide"
    in_order = [source.rpartition("/")[2] for source in topic.articles.values_list("source", flat=True)]
    assert in_order == ["ch02", "ch02s01", "ch02s02", "ch02s03", "ch02s04", "ch02s05"]

    article = Article.objects.get(source__endswith="/ch02s01")
    text = article.published("ko")
    assert (text.title, text.slug) == ("지원하는 하드웨어", "지원하는-하드웨어")
    assert article.published("en").title == "Supported Hardware"
    assert "AMD64 및 인텔 64" in text.published.text
    assert text.published.text.startswith("데비안은 Linux 및 kFreeBSD 커널과")
    assert not {"이전", "다음", "처음으로"} & set(text.published.text.split("\n"))

    chapter = Article.objects.get(source__endswith="/ch02").published("ko").published.html
    assert f'href="/hc/ko/articles/{article.pk}-' in chapter
    assert ".html" not in chapter


def test_every_chapter_of_the_faq_comes_in_once_in_english(world):
    needs(FAQ, "debian-faq")
    report = run(FAQ, brand=world.brand, choices=Choices(product="debian-faq"))

    chapters = len([path for path in FAQ.glob("*.html") if not path.is_symlink()])
    assert chapters == report.articles == Article.objects.count()
    assert report.count("failed") == 0
    assert set(Translation.objects.values_list("locale", flat=True)) == {"en"}
    assert (
        Article.objects.get(source__endswith="/choosing").published("en").title
        == "Choosing a Debian distribution"
    )
