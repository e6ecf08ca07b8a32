"""A second run writes only what changed, a killed one goes on, and nothing written here by people is lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handrail.core.events.models import Event
from handrail.knowledge.models import Article, ArticleFile, Revision
from tests.knowledge.importing import PIXEL, text_of, told
from tests.tables import tables_into

ROOT = Path(__file__).resolve().parents[2]
BRAND = (
    "from handrail.workspace.models import Brand; Brand.objects.create(slug='b', name_ko='b', name_en='b')"
)


@pytest.fixture
def three(source):
    source.write("a/t/box.png", PIXEL)
    source.article("a/t/x.ko.md", title="하나", body="[셋](z.md) ![상자](box.png)", related="[y]")
    source.article("a/t/x.en.md", title="One", body="Plain words.")
    source.article("a/t/y.ko.md", title="둘", audience="employees")
    source.article("a/t/z.ko.md", title="셋")
    source.take_in()
    return source


@pytest.mark.django_db
def test_a_second_run_changes_nothing(three):
    before = (Revision.objects.count(), ArticleFile.objects.count(), Event.objects.count())
    report = three.take_in()
    assert {status: report.count(status) for status in ("new", "changed", "unchanged")} == {
        "new": 0, "changed": 0, "unchanged": 4}  # fmt: skip
    assert (Revision.objects.count(), ArticleFile.objects.count(), Event.objects.count()) == before


@pytest.mark.django_db
def test_only_the_changed_text_is_written_again(three):
    three.article("a/t/x.en.md", title="One", body="Other words.")
    report = three.take_in()
    assert [(e.path, e.status) for e in report.entries if e.status == "changed"] == [
        ("a/t/x.en.md", "changed")
    ]
    assert text_of("x", "en").published.text == "Other words."
    assert text_of("x", "ko").revisions.count() == 1


@pytest.mark.django_db
def test_a_narrower_audience_holds_at_once_without_new_text(three):
    three.article("a/t/z.ko.md", title="셋", audience="agents")
    report = three.take_in()
    assert report.count("changed") == 1
    assert Article.objects.get(source__endswith="/z").audience == "agents"
    assert text_of("z").revisions.count() == 1


@pytest.mark.django_db
def test_a_changed_slug_leaves_a_redirect(three):
    article = Article.objects.get(source__endswith="/z")
    old = text_of("z").slug
    three.article("a/t/z.ko.md", title="새로운 셋")
    three.take_in()
    assert article.redirects.get().path == f"ko/articles/{article.pk}-{old}"
    assert text_of("z").slug == "새로운-셋"


@pytest.mark.django_db
def test_what_somebody_edited_here_is_left_alone_and_told(three, world):
    article = Article.objects.get(source__endswith="/z")
    article.write("ko", title="셋", html="<p>우리가 고쳤어요.</p>", by=world.agent)
    text_of("z").publish(by=world.agent)
    assert three.take_in().count("failed") == 0

    three.article("a/t/z.ko.md", title="셋", body="원본도 바뀌었어요.")
    report = three.take_in()
    assert told(report) == {("failed", "a/t/z.ko.md", "edited_here")}
    assert text_of("z").published.text == "우리가 고쳤어요."

    three.take_in(overwrites=True)
    assert text_of("z").published.text == "원본도 바뀌었어요."


@pytest.mark.django_db
def test_an_audience_changed_here_by_hand_stays_while_the_source_says_the_same(three, world):
    article = Article.objects.get(source__endswith="/z")
    article.show_to("agents", by=world.agent)
    three.article("a/t/z.ko.md", title="셋", body="본문만 바뀌었어요.")
    three.take_in()
    article.refresh_from_db()
    assert article.audience == "agents"


@pytest.mark.django_db
def test_an_article_the_source_no_longer_holds_stays_and_is_told(three):
    (three.root / "a/t/y.ko.md").unlink()
    report = three.take_in()
    assert ("note", "a/t/y", "gone") in told(report)
    assert Article.objects.filter(source__endswith="/y").exists()


@pytest.mark.django_db
def test_a_file_that_turned_bad_is_not_called_gone(three):
    three.write("a/t/y.ko.md", "---\ntitle: [없는 괄호\n---\n글")
    assert told(three.take_in()) >= {("failed", "a/t/y.ko.md", "front_matter")}
    assert not any(reason == "gone" for _status, _path, reason in told(three.take_in()))


@pytest.mark.django_db
def test_a_picture_that_could_not_be_kept_is_tried_again(source, settings):
    source.write("a/t/box.png", PIXEL)
    source.article("a/t/x.ko.md", title="하나", body="글 ![상자](box.png)")
    source.article("a/t/y.ko.md", title="둘")
    there = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = source.root / "no-such-disk"
    report = source.take_in()
    assert {(status, reason) for status, _path, reason in told(report)} == {("failed", "refused")}
    assert report.count("new") == 1

    settings.MEDIA_ROOT = there
    assert source.take_in().count("new") == 1
    assert "<img" in text_of("x").published.html


def test_a_killed_import_leaves_whole_articles_and_the_next_run_goes_on(tmp_path):
    pages = 80
    folder = tmp_path / "help"
    folder.mkdir()
    for number in range(pages):
        body = "\n\n".join(f"{number}번째 글의 {line}번째 문단이에요." for line in range(8))
        (folder / f"글-{number:03}.md").write_text(
            f"---\ntitle: 글 {number}\n---\n{body} [다음](글-{(number + 1) % pages:03}.md)"
        )
    environment = {**os.environ, "HANDRAIL_DATA": str(tmp_path / "data"), "DATABASE_URL": ""}
    handrail = [sys.executable, "-m", "handrail"]
    tables_into(tmp_path / "data")
    subprocess.run([*handrail, "shell", "-v0", "-c", BRAND], cwd=ROOT, env=environment, check=True)
    command = [*handrail, "import", str(folder), "--product", "p"]

    running = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 60
    while count(tmp_path, "knowledge_revision") < 20 and time.monotonic() < deadline:
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()
    left = count(tmp_path, "knowledge_revision")
    assert 20 <= left < pages
    assert count(tmp_path, "knowledge_translation WHERE published_id IS NULL") == 0

    again = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert count(tmp_path, "knowledge_article") == count(tmp_path, "knowledge_revision") == pages
    assert str(left) in again.stdout and str(pages - left) in again.stdout


def count(folder: Path, what: str) -> int:
    path = folder / "data" / "handrail.sqlite3"
    with sqlite3.connect(path, timeout=20) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


def _called(source, name):
    source.root = source.root.rename(source.root.with_name(name))


@pytest.mark.django_db
def test_the_same_folder_under_another_name_is_the_same_help_centre(three):
    _called(three, "help-2026")
    three.article("a/t/x.en.md", title="One", body="Other words.")
    report = three.take_in()
    assert (Article.objects.count(), report.count("changed"), report.count("new")) == (3, 1, 0)
    noted = next(entry for entry in report.entries if entry.reason == "another_name")
    assert noted.details == {"name": "help", "count": 4}
    assert three.take_in().count("unchanged") == 4


@pytest.mark.django_db
def test_files_of_the_same_names_with_other_titles_are_another_help_centre(three):
    _called(three, "other")
    for name, title in (("x", "넷"), ("y", "다섯"), ("z", "여섯")):
        three.article(f"a/t/{name}.ko.md", title=title)
    (three.root / "a/t/x.en.md").unlink()
    report = three.take_in()
    assert (Article.objects.count(), report.count("new")) == (6, 3)


@pytest.mark.django_db
def test_of_two_that_fit_alike_none_is_taken(three):
    Article.objects.filter(source__endswith="/z").update(source="folder:twin/a/t/z")
    Article.objects.filter(source__endswith="/y").update(source="folder:twin/a/t/y")
    _called(three, "third")
    assert not any(entry.reason == "another_name" for entry in three.take_in().entries)
