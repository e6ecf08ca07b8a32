"""What goes out of a site and comes back to it is the same articles: only what was changed meanwhile is written."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.core import clock
from handrail.knowledge.articles import Article
from handrail.knowledge.exporting import markdown, zendesk
from handrail.knowledge.importing.folder import Choices
from handrail.knowledge.importing.run import run
from handrail.knowledge.revisions import Revision
from handrail.knowledge.translations import Translation
from tests.knowledge.importing import told
from tests.knowledge.test_round_trip import empty, full

__all__ = ["full"]
CAREFUL = Choices(audience="agents")


def state() -> list[tuple[object, ...]]:
    texts = Translation.objects.order_by("article", "locale")
    fields = ("article", "locale", "slug", "published__whole_html", "published__html", "draft", "updated_at")
    return [*texts.values_list(*fields, "article__audience", "article__source", "article__topic")]


def change(root: Path, old: str, new: str) -> None:
    for path in [*root.rglob("*.md"), *root.rglob("*.json")]:
        path.write_text(path.read_text().replace(old, new))


@pytest.mark.parametrize("form", [markdown, zendesk])
def test_a_sites_own_export_changes_nothing_there(full, tmp_path, form):
    before, revisions = state(), Revision.objects.count()
    for name in ("help-2026-11-29", "help-2026-11-30"):
        form.export(tmp_path / name, brand=full.brand)
        report = run(tmp_path / name, brand=full.brand, choices=CAREFUL)
        assert {entry.status for entry in report.entries} == {"unchanged"}, told(report)
    assert state() == before and Revision.objects.count() == revisions


@pytest.mark.parametrize("form", [markdown, zendesk])
def test_what_was_changed_outside_comes_back_and_nothing_else(full, tmp_path, form):
    form.export(tmp_path / "out", brand=full.brand)
    change(tmp_path / "out", "눌러요", "길게 눌러요")
    articles, revisions = Article.objects.count(), Revision.objects.count()
    policy = Article.objects.get(kind="policy")
    said = (policy.kind, set(policy.related.all()), policy.translations.get(locale="ko").aliases)

    report = run(tmp_path / "out", brand=full.brand, choices=CAREFUL)

    assert {(entry.status) for entry in report.entries} <= {"changed", "unchanged", "failed"}
    assert Article.objects.count() == articles
    target = Article.objects.get(translations__slug="신청하는-방법").translations.get(locale="ko")
    assert "길게 눌러요" in target.published.html and target.article.audience == "public"
    policy = Article.objects.get(kind="policy")
    assert said == (policy.kind, set(policy.related.all()), policy.translations.get(locale="ko").aliases)
    shutil.copytree(tmp_path / "out", tmp_path / "another name")
    written = Revision.objects.count()
    assert written > revisions
    run(tmp_path / "another name", brand=full.brand, choices=CAREFUL)
    assert Revision.objects.count() == written


@pytest.mark.parametrize("form", [markdown, zendesk])
def test_at_another_site_it_comes_in_once_under_any_name(full, tmp_path, form):
    form.export(tmp_path / "first", brand=full.brand)
    empty(full)
    run(tmp_path / "first", brand=full.brand, choices=CAREFUL)
    before = state()
    assert Article.objects.filter(audience="public").exists()

    shutil.copytree(tmp_path / "first", tmp_path / "second")
    report = run(tmp_path / "second", brand=full.brand, choices=CAREFUL)

    assert {entry.status for entry in report.entries} == {"unchanged"}, told(report)
    assert state() == before
    form.export(tmp_path / "back", brand=full.brand)
    assert run(tmp_path / "back", brand=full.brand).count("unchanged") == report.count("unchanged")
    assert state() == before


def test_what_somebody_wrote_here_since_is_not_replaced(world, tmp_path):
    article = world.article("환불", "<p>삼일.</p>")
    markdown.export(tmp_path / "out", brand=world.brand)
    clock_later = clock.now() + timedelta(hours=1)
    article.write("ko", title="환불", html="<p>오일.</p>", by=world.agent)
    article.translations.get().publish(by=world.agent, updated_at=clock_later)
    change(tmp_path / "out", "삼일", "사일")

    report = run(tmp_path / "out", brand=world.brand)

    assert {reason for _status, _path, reason in told(report)} == {"edited_here"}
    assert "오일" in article.translations.get().published.html
    run(tmp_path / "out", brand=world.brand, overwrites=True)
    assert "사일" in article.translations.get().published.html


def test_an_export_for_everybody_takes_no_passage_away_and_opens_nothing(world, tmp_path):
    whole = world.article("환불", "<p>삼일.</p><section data-audience='agents'><p>예외는 팀장.</p></section>")
    narrowed = world.article("배송", "<p>이틀.</p>")
    for name in ("same", "changed"):
        markdown.export(tmp_path / name, brand=world.brand, viewer=STRANGER, reader="public")
    narrowed.show_to("employees", by=world.agent)
    change(tmp_path / "changed", "삼일", "사일")
    change(tmp_path / "changed", "이틀", "사흘")

    report = run(tmp_path / "changed", brand=world.brand)

    assert {reason for _status, _path, reason in told(report)} == {"part_of_a_text", "audience_kept"}
    assert "예외는 팀장" in whole.translations.get().published.whole
    narrowed.refresh_from_db()
    assert narrowed.audience == "employees" and "사흘" in narrowed.translations.get().published.html


def test_two_files_with_one_key_replace_nothing(world, tmp_path):
    world.article("환불", "<p>삼일.</p>")
    markdown.export(tmp_path / "out", brand=world.brand)
    file = next((tmp_path / "out").rglob("*.ko.md"))
    (file.parent / "a-copy.ko.md").write_text(file.read_text().replace("삼일", "다른 글"))
    before = state()
    report = run(tmp_path / "out", brand=world.brand)
    assert [reason for _status, _path, reason in told(report)] == ["key_twice"] * 2
    assert state() == before


def test_null_in_zendesks_words_is_everybody(world, tmp_path):
    world.article("환불", "<p>삼일.</p>")
    world.article("안쪽", "<p>쉿.</p>", audience="agents")
    zendesk.export(tmp_path / "out", brand=world.brand)
    rows = json.loads((tmp_path / "out" / "articles.ko.json").read_text())["articles"]
    assert {row["user_segment_id"] for row in rows} == {None, 3}
    empty(world)
    run(tmp_path / "out", brand=world.brand, choices=CAREFUL)
    found = {text.slug: text.article.audience for text in Translation.objects.all()}
    assert found == {"환불": "public", "안쪽": "agents"}
