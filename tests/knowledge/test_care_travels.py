"""Who answers for an article and until when it counts as checked leave with a folder of Markdown and come in with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handrail.accounts.models import Role
from handrail.accounts.viewer import STRANGER
from handrail.core.events.models import Event
from handrail.knowledge.articles import Article
from handrail.knowledge.exporting import markdown
from handrail.knowledge.exporting.readers import reader_of
from handrail.knowledge.importing.run import run
from tests.knowledge.full_site import empty
from tests.knowledge.importing import Source, told


@pytest.fixture
def cared(world) -> Article:
    article = world.article("환불", "<p>삼일.</p>")
    article.give_to(world.agent, by=world.agent)
    article.check_again(on=date(2027, 3, 1), every_days=90, by=world.agent)
    return article


def change(root: Path, old: str, new: str) -> None:
    for path in root.rglob("*.md"):
        path.write_text(path.read_text().replace(old, new))


def care_of(article: Article) -> tuple[object, ...]:
    article = Article.objects.get(pk=article.pk)
    return (article.owner and article.owner.email, article.check_by, article.check_every_days)


def test_owner_and_check_date_stand_in_front_matter_and_come_back(world, cared, tmp_path):
    markdown.export(tmp_path / "out", brand=world.brand)
    file = next((tmp_path / "out").rglob("*.ko.md")).read_text()
    assert "owner: agent@handrail.test\ncheck_by: 2027-03-01\ncheck_every_days: 90\n" in file
    empty(world)

    run(tmp_path / "out", brand=world.brand)

    came = Article.objects.get()
    assert care_of(came) == ("agent@handrail.test", date(2027, 3, 1), 90)
    facts = Event.objects.filter(verb__startswith="article.").count()
    assert run(tmp_path / "out", brand=world.brand).count("unchanged") == 1
    assert Event.objects.filter(verb__startswith="article.").count() == facts


def test_what_was_changed_by_hand_in_front_matter_is_taken(world, cared, tmp_path):
    other = world.staff("other@handrail.test", "박지우", Role.AUTHOR)
    markdown.export(tmp_path / "out", brand=world.brand)
    change(tmp_path / "out", "agent@handrail.test", "Other@handrail.test")
    change(tmp_path / "out", "2027-03-01", "2027-04-02")
    run(tmp_path / "out", brand=world.brand)
    assert care_of(cared) == (other.email, date(2027, 4, 2), 90)

    change(tmp_path / "out", "owner: Other@handrail.test\n", "")
    change(tmp_path / "out", "check_by: 2027-04-02\ncheck_every_days: 90\n", "")
    run(tmp_path / "out", brand=world.brand)
    assert care_of(cared) == (None, None, None)


def test_an_address_nobody_has_here_is_told_and_changes_nothing(world, cared, tmp_path):
    markdown.export(tmp_path / "out", brand=world.brand)
    change(tmp_path / "out", "agent@handrail.test", "gone@handrail.test")

    report = run(tmp_path / "out", brand=world.brand)

    assert [(entry.status, entry.reason) for entry in report.troubles] == [("note", "owner_unknown")]
    assert "gone@handrail.test" in report.troubles[0].message and report.count("unchanged") == 1
    assert care_of(cared) == ("agent@handrail.test", date(2027, 3, 1), 90)

    empty(world)
    assert {each[2] for each in told(run(tmp_path / "out", brand=world.brand))} == {"owner_unknown"}
    came = Article.objects.get()
    assert care_of(came) == (None, date(2027, 3, 1), 90)
    # Once they work here, the same folder gives it to them.
    world.staff("gone@handrail.test", "최하나", Role.AUTHOR)
    assert not told(run(tmp_path / "out", brand=world.brand))
    assert care_of(came)[0] == "gone@handrail.test"


@pytest.mark.parametrize("reader", ["public", "agents"])
def test_an_export_for_a_reader_names_no_colleague_and_takes_none_away(world, cared, tmp_path, reader):
    viewer = STRANGER if reader == "public" else reader_of(reader)
    markdown.export(tmp_path / "out", brand=world.brand, viewer=viewer, reader=reader)
    written = "".join(path.read_text() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert "삼일" in written and not any(word in written for word in ("agent@", "check_", "checked_at"))

    change(tmp_path / "out", "삼일", "사일")
    run(tmp_path / "out", brand=world.brand)
    assert "사일" in cared.translations.get().published.html
    assert care_of(cared) == ("agent@handrail.test", date(2027, 3, 1), 90)


def test_an_export_of_before_folders_said_so_takes_nobody_away(world, cared, tmp_path):
    markdown.export(tmp_path / "out", brand=world.brand, form=1)
    assert run(tmp_path / "out", brand=world.brand).count("unchanged") == 1
    change(tmp_path / "out", "position: 0", "position: 4")
    run(tmp_path / "out", brand=world.brand)
    assert Article.objects.get().position == 4
    assert care_of(cared) == ("agent@handrail.test", date(2027, 3, 1), 90)


def test_any_folder_may_say_who_answers_and_until_when(world, tmp_path):
    source = Source(tmp_path, world)
    source.article("orders/refunds/a.ko.md", owner="agent@handrail.test", check_by="2027-03-01")
    source.article("orders/refunds/b.ko.md", owner="docs-team", title="다른 글")
    source.article("orders/refunds/c.ko.md", check_every_days="soon", title="또 다른 글")

    assert told(source.take_in()) == {("failed", "orders/refunds/c.ko.md", "front_matter")}

    one, other = Article.objects.order_by("pk")
    assert care_of(one) == ("agent@handrail.test", date(2027, 3, 1), None)
    assert care_of(other) == (None, None, None)
    one.give_to(None, by=world.agent)
    source.take_in()
    assert care_of(one)[0] is None  # changed here, and the file says the same as before
