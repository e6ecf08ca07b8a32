"""Troubleshooters leave with a folder of Markdown as files that people edit, and come in with it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from handrail.accounts.viewer import STRANGER
from handrail.core import clock
from handrail.knowledge.articles import Article
from handrail.knowledge.exporting import markdown
from handrail.knowledge.importing.run import run
from handrail.knowledge.troubleshooting.models import Troubleshooter
from tests.knowledge.full_site import a_tree, both, empty
from tests.knowledge.importing import told


@pytest.fixture
def one(world) -> Troubleshooter:
    target = world.article("신청하는 방법", "<p>눌러요.</p>")
    made = Troubleshooter.start(world.topic, names=both("환불이 안 돼요", "No refund"), by=world.agent)
    made.draw(a_tree(made, target), by=world.agent)
    made.publish(by=world.agent)
    return made


def file_of(folder: Path, ending: str = ".tree.yaml") -> Path:
    (found,) = (
        path for path in folder.rglob(f"*{ending}") if (".draft." in path.name) == (".draft." in ending)
    )
    return found


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_the_file_says_the_steps_and_what_the_article_does_not(world, one, tmp_path):
    markdown.export(tmp_path, brand=world.brand)

    said = yaml.safe_load(file_of(tmp_path).read_text())

    assert list(said) == ["updated", "start", "steps"]
    first, article, advice = said["steps"]
    assert first == {
        "key": "s1",
        "kind": "question",
        "text": both("카드로 냈나요?", "Paid by card?"),
        "choices": [
            {"key": "c1", "text": both("네", "Yes"), "to": "s2"},
            {"key": "c2", "text": both("아니요", "No"), "to": "s3"},
            {"key": "c3", "text": both("모르겠어요", "Not sure"), "to": "person"},
        ],
    }
    assert article == {
        "key": "s2",
        "kind": "article",
        "article": "orders/refunds/신청하는-방법",
        "otherwise": "person",
    }
    assert advice["text"]["en"] == "Wait for three days."
    beside = file_of(tmp_path).name.removesuffix(".tree.yaml")
    assert {path.name for path in tmp_path.rglob(f"{beside}.*.md")} == {f"{beside}.ko.md", f"{beside}.en.md"}


def test_in_an_empty_installation_readers_go_the_same_way(world, one, tmp_path):
    markdown.export(tmp_path, brand=world.brand)
    since = one.published.published_at
    empty(world)

    assert not told(run(tmp_path, brand=world.brand))

    (came,) = Troubleshooter.objects.visible_to(STRANGER)
    target = Article.objects.get(translations__slug="신청하는-방법")
    assert came.shown.name == both("환불이 안 돼요", "No refund") and not came.is_changed
    assert came.shown.intro["ko"] == "두 가지만 여쭤볼게요.\n금방 끝나요."
    assert came.shown.wordings == {"ko": ["돈이 안 와요"], "en": []}
    assert list(came.shown.articles()) == [target.pk]
    assert came.published.published_at == since and came.versions.count() == 1


def test_a_step_changed_by_hand_is_shown_and_a_second_run_writes_nothing(world, one, tmp_path):
    markdown.export(tmp_path, brand=world.brand)
    change(file_of(tmp_path), "Wait for three days.", "Wait for five days.")
    change(file_of(tmp_path), "en: 'Yes'", "en: Yes")  # as people write it

    report = run(tmp_path, brand=world.brand, is_dry_run=True)
    assert report.count("changed") == 1 and one.versions.count() == 1
    report = run(tmp_path, brand=world.brand)

    assert [entry.path for entry in report.entries if entry.status == "changed"] == [
        file_of(tmp_path).relative_to(tmp_path).as_posix()
    ]
    one.refresh_from_db()
    assert one.shown.steps["s3"].text["en"] == "Wait for five days." and not one.is_changed
    assert run(tmp_path, brand=world.brand).count("changed") == 0 and one.versions.count() == 2


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_what_somebody_drew_here_since_is_left_alone_and_told(world, one, tmp_path, is_elsewhere):
    markdown.export(tmp_path, brand=world.brand)
    if is_elsewhere:
        empty(world)
        run(tmp_path, brand=world.brand)
    here = Troubleshooter.objects.get()
    here.draw({**here.draft, "intro": both("여기서 고쳤어요.", "Changed here.")}, by=world.agent)
    if not is_elsewhere:
        here.publish(by=world.agent)
        type(here.published).objects.update(published_at=clock.now() + timedelta(minutes=5))
    change(file_of(tmp_path), "Wait for three days.", "Wait for five days.")

    report = run(tmp_path, brand=world.brand)

    assert "edited_here" in {entry.reason for entry in report.troubles}
    here.refresh_from_db()
    assert here.drawn.intro["en"] == "Changed here."
    run(tmp_path, brand=world.brand, overwrites=True)
    here.refresh_from_db()
    assert here.shown.steps["s3"].text["en"] == "Wait for five days."


def test_the_same_file_again_leaves_what_was_drawn_here_since(world, one, tmp_path):
    markdown.export(tmp_path, brand=world.brand)
    empty(world)
    run(tmp_path, brand=world.brand)
    here = Troubleshooter.objects.get()
    here.draw({**here.draft, "intro": both("여기서 고쳤어요.", "Changed here.")}, by=world.agent)
    for _time in range(2):
        assert not told(run(tmp_path, brand=world.brand))
    change(file_of(tmp_path), "Wait for three days.", "Wait for five days.")
    assert {each[2] for each in told(run(tmp_path, brand=world.brand))} == {"edited_here"}


def test_who_may_not_publish_hands_it_to_a_reviewer(world, one, tmp_path):
    markdown.export(tmp_path, brand=world.brand)
    change(file_of(tmp_path), "Wait for three days.", "Wait for five days.")

    report = run(tmp_path, brand=world.brand, by=world.agent, reviews=False)

    assert {each[2] for each in told(report)} == {"for_review"}
    one.refresh_from_db()
    assert one.shown.steps["s3"].text["en"] == "Wait for three days."
    assert one.drawn.steps["s3"].text["en"] == "Wait for five days." and one.is_asked

    empty(world)
    run(tmp_path, brand=world.brand, by=world.agent, reviews=False)
    assert not Troubleshooter.objects.visible_to(STRANGER).exists()
    assert Troubleshooter.objects.get().published is None


def test_a_tree_that_no_reader_could_go_through_stays_a_draft(world, one, tmp_path):
    markdown.export(tmp_path, brand=world.brand)
    change(file_of(tmp_path), "to: s3", "to: s9")
    change(file_of(tmp_path), "orders/refunds/신청하는-방법", "orders/refunds/gone")

    report = run(tmp_path, brand=world.brand)

    assert {each[2] for each in told(report)} == {"tree_not_ready", "tree_article_lost"}
    one.refresh_from_db()
    assert one.versions.count() == 1 and one.drawn.steps["s2"].article is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("kind: advice", "kind: riddle", "riddle"),
        ("key: s3", "key: s2", "key"),
        ("steps:", "step:", "steps"),
        ("en: Paid by card?", "en: [Paid by card]", "s1"),
        ("start: s1", "start: *s1", "repeats"),
        ("en: Wait for three days.", f"en: {'Wait ' * 500}", "2000"),
    ],
)
def test_a_file_that_is_no_tree_is_told_and_stops_nothing_else(world, one, tmp_path, old, new, words):
    markdown.export(tmp_path, brand=world.brand)
    change(file_of(tmp_path), old, new)

    report = run(tmp_path, brand=world.brand)

    (trouble,) = report.troubles
    assert (trouble.status, trouble.path) == ("failed", file_of(tmp_path).relative_to(tmp_path).as_posix())
    assert trouble.reason == ("tree_odd") and "%(" not in trouble.message
    if words != "riddle":
        assert words in str(trouble.details) + trouble.message
    assert report.count("unchanged") == 3


def test_a_tree_without_its_article_is_told(world, one, tmp_path):
    markdown.export(tmp_path, brand=world.brand)
    file = file_of(tmp_path)
    file.rename(file.with_name("other.tree.yaml"))
    assert {each[2] for each in told(run(tmp_path, brand=world.brand))} == {"tree_alone"}


def test_a_reader_takes_no_drawing_along(world, one, tmp_path):
    markdown.export(tmp_path, brand=world.brand, viewer=STRANGER, reader="public")
    assert not list(tmp_path.rglob("*.yaml"))[1:]
    before = Troubleshooter.objects.get().edition
    assert not told(run(tmp_path, brand=world.brand))
    assert Troubleshooter.objects.get().edition == before
