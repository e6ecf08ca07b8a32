"""Reusable blocks leave with a folder of Markdown as blocks, and come in as blocks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.core import clock
from handrail.knowledge.articles import Article
from handrail.knowledge.blocks import Block, BlockRevision
from handrail.knowledge.exporting import markdown
from handrail.knowledge.importing.run import run
from handrail.knowledge.reading import read
from tests.knowledge.full_site import empty, place_of, put
from tests.knowledge.importing import told


@pytest.fixture
def hours(world) -> Block:
    made = Block.start("상담 시간", by=world.agent)
    put(made, "ko", "<p>아홉 시부터</p>", world)
    world.article("연락", f"<p>앞</p>{place_of(made)}<p>뒤</p>")
    return made


def change(root: Path, old: str, new: str) -> None:
    files = [path for path in root.rglob("*.md") if old in path.read_text()]
    assert files
    for path in files:
        path.write_text(path.read_text().replace(old, new))


def shown(viewer=STRANGER) -> str:
    return read(Article.objects.get().translations.get().published, viewer, locale="ko").replace("\n", "")


def test_a_block_is_a_file_and_stands_in_a_text_as_a_link_to_it(world, hours, tmp_path):
    markdown.export(tmp_path, brand=world.brand)

    text = (tmp_path / "orders" / "refunds" / "연락.ko.md").read_text()
    assert text.endswith(
        "---\n앞\n\n[상담 시간](../../blocks/%EC%83%81%EB%8B%B4-%EC%8B%9C%EA%B0%84.ko.md)\n\n뒤\n"
    )
    block = (tmp_path / "blocks" / "상담-시간.ko.md").read_text()
    assert block.startswith("---\nname: 상담 시간\naudience: public\nupdated: ")
    assert block.endswith("---\n아홉 시부터\n")


def test_changed_once_at_the_next_site_it_changes_every_article(world, hours, tmp_path):
    markdown.export(tmp_path, brand=world.brand)
    empty(world)
    assert not told(run(tmp_path, brand=world.brand))
    assert shown() == "<p>앞</p><p>아홉 시부터</p><p>뒤</p>"

    change(tmp_path, "아홉 시부터", "열 시부터")
    report = run(tmp_path, brand=world.brand, is_dry_run=True)
    assert report.count("changed") == 1 and "아홉" in shown()
    report = run(tmp_path, brand=world.brand)

    assert [entry.path for entry in report.entries if entry.status == "changed"] == ["blocks/상담-시간.ko.md"]
    assert shown() == "<p>앞</p><p>열 시부터</p><p>뒤</p>"
    written = BlockRevision.objects.count()
    assert {entry.status for entry in run(tmp_path, brand=world.brand).entries} == {"unchanged"}
    assert BlockRevision.objects.count() == written


def test_what_somebody_wrote_here_since_is_left_alone_and_told(world, hours, tmp_path):
    markdown.export(tmp_path, brand=world.brand)
    put(hours, "ko", "<p>여기서 고쳤어요</p>", world)
    hours.texts.update(updated_at=clock.now() + timedelta(minutes=5))
    change(tmp_path, "아홉 시부터", "열 시부터")

    assert {each[2] for each in told(run(tmp_path, brand=world.brand))} == {"edited_here"}
    assert "여기서 고쳤어요" in shown()
    run(tmp_path, brand=world.brand, overwrites=True)
    assert "열 시부터" in shown()


def test_who_may_not_publish_hands_it_to_a_reviewer(world, hours, tmp_path):
    markdown.export(tmp_path, brand=world.brand)
    change(tmp_path, "아홉 시부터", "열 시부터")

    report = run(tmp_path, brand=world.brand, by=world.agent, reviews=False)

    assert {each[2] for each in told(report)} == {"for_review"}
    assert "아홉 시부터" in shown()
    assert hours.texts.get().draft.html.strip() == "<p>열 시부터</p>"
    written = BlockRevision.objects.count()
    run(tmp_path, brand=world.brand, by=world.agent, reviews=False)
    assert BlockRevision.objects.count() == written

    empty(world)
    run(tmp_path, brand=world.brand, by=world.agent, reviews=False)
    assert not Block.objects.visible_to(STRANGER).exists()


@pytest.mark.parametrize("reviews", [True, False])
def test_a_block_narrowed_here_stays_narrow(world, hours, tmp_path, reviews):
    markdown.export(tmp_path, brand=world.brand)
    hours.show_to("agents", by=world.agent)

    report = run(tmp_path, brand=world.brand, reviews=reviews)

    assert "audience_kept" in {each[2] for each in told(report)}
    hours.refresh_from_db()
    assert hours.audience == "agents" and "아홉" not in shown()


def test_for_one_reader_and_for_older_sites_its_words_stand_in_the_text(world, hours, tmp_path):
    revision = Article.objects.get().translations.get().published_id
    for name, more in {"old": {"form": 1}, "public": {"viewer": STRANGER, "reader": "public"}}.items():
        markdown.export(tmp_path / name, brand=world.brand, **more)
        assert not (tmp_path / name / "blocks").exists()
        assert "앞\n\n아홉 시부터\n\n뒤\n" in next((tmp_path / name).rglob("연락*.md")).read_text()
        assert not told(run(tmp_path / name, brand=world.brand))
    # What came back unchanged put no words in place of the block.
    assert Article.objects.get().translations.get().published_id == revision


def test_a_block_whose_file_is_broken_takes_nothing_out_of_a_text(world, hours, tmp_path):
    markdown.export(tmp_path, brand=world.brand)
    change(tmp_path, "name: 상담 시간\n", "")
    change(tmp_path, "앞\n", "앞에\n")
    reasons = {each[2] for each in told(run(tmp_path, brand=world.brand))}
    assert reasons == {"block_no_name", "block_unread"}
    assert shown() == "<p>앞</p><p>아홉 시부터</p><p>뒤</p>"


def test_a_block_within_a_sentence_is_told(world, hours, tmp_path):
    markdown.export(tmp_path, brand=world.brand)
    change(tmp_path, "앞\n\n[", "앞 [")
    assert {each[2] for each in told(run(tmp_path, brand=world.brand))} == {"block_inline"}
    assert shown() == "<p>앞 상담 시간</p><p>뒤</p>"


def test_blocks_that_would_stand_in_each_other_are_told(world, hours, tmp_path):
    other = Block.start("전화", by=world.agent)
    put(other, "ko", f"<p>내선</p>{place_of(hours)}", world)
    markdown.export(tmp_path, brand=world.brand)
    change(tmp_path, "아홉 시부터\n", "아홉 시부터\n\n[전화](%EC%A0%84%ED%99%94.ko.md)\n")

    report = run(tmp_path, brand=world.brand)

    assert {each[2] for each in told(report)} == {"refused"}
    assert "→" in report.troubles[0].message and "아홉 시부터" in shown()
    # Where the other gives it up in the same import, the two change places.
    change(tmp_path, "내선\n\n[상담 시간]", "내선\n\n[상담시간]")
    file = tmp_path / "blocks" / "전화.ko.md"
    file.write_text(file.read_text().partition("\n\n[상담시간]")[0] + "\n")
    assert not told(run(tmp_path, brand=world.brand))
    assert shown() == "<p>앞</p><p>아홉 시부터</p><p>내선</p><p>뒤</p>"
