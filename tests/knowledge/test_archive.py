"""An archive makes a second installation the same, or changes nothing and says why."""

from __future__ import annotations

import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from handrail.accounts.models import Role
from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.answers.keywords import KeywordAnswer
from handrail.contacts.segments import Segment
from handrail.core.actors import SYSTEM
from handrail.core.files.keeping import keep
from handrail.knowledge.articles import Article
from handrail.knowledge.exporting import archive
from handrail.knowledge.exporting.restoring import NotRestored, restore
from handrail.knowledge.labelling import ArticleLabel
from handrail.knowledge.products import Topic
from handrail.knowledge.transfers import Transfer, carry_out
from tests.knowledge.full_site import empty, full, names_of_labels

__all__ = ["full"]


def test_an_archive_makes_a_second_installation_the_same(full, tmp_path):
    first, second = tmp_path / "site.handrail", tmp_path / "again.handrail"
    archive.export(first, brand=full.brand)
    article = Article.objects.get(kind="policy")
    address, revisions = article.pk, article.translations.get(locale="ko").revisions.count()
    empty(full)
    Segment.objects.all().delete()

    counts = restore(first, brand=full.brand, by=SYSTEM)

    assert ArticleLabel.objects.get(name="카드").names == {"en": "Cards"}
    assert counts["article"] == 5 and Article.objects.get(kind="policy").pk == address
    assert Article.objects.get(pk=address).translations.get(locale="ko").revisions.count() == revisions
    archive.export(second, brand=full.brand)
    assert second.read_bytes() == first.read_bytes()
    found = answer("신청하는 방법", STRANGER, locale="ko", remember=False)
    assert [hit.title for hit in found.considered][:1] == ["신청하는 방법"]
    tied = answer("캐시백은요?", STRANGER, locale="ko", remember=False)
    assert counts["keywordanswer"] == 1 and tied.answer and tied.answer.title == "신청하는 방법"
    assert restore(first, brand=full.brand, by=SYSTEM) == {}
    Article.start(Topic.objects.first(), by=full.agent)
    with pytest.raises(NotRestored):
        restore(first, brand=full.brand, by=SYSTEM)


def test_an_archive_of_before_labels_had_names_comes_in(full, tmp_path):
    whole, older = tmp_path / "site.handrail", tmp_path / "older.handrail"
    archive.export(whole, brand=full.brand)
    with zipfile.ZipFile(whole) as sheet, zipfile.ZipFile(older, "w") as copy:
        for name in sheet.namelist():
            content = sheet.read(name)
            if name == "rows/articlelabel.jsonl":
                rows = [json.loads(line) for line in content.decode().splitlines()]
                content = "".join(
                    json.dumps({"id": row["id"], "name": row["name"]}) + "\n" for row in rows
                ).encode()
            copy.writestr(name, content)
    empty(full)

    restore(older, brand=full.brand, by=SYSTEM)

    assert names_of_labels() == {"카드": {}, "해외": {}, "나중에": {}}


def test_words_that_lead_to_two_articles_come_in_and_are_told(full, tmp_path, capsys):
    """An archive of before that was refused."""
    KeywordAnswer.objects.create(article=Article.objects.get(kind="policy"), words=["캐시백"])
    archive.export(tmp_path / "site.handrail", brand=full.brand)
    empty(full)

    call_command("import", str(tmp_path / "site.handrail"))

    told = capsys.readouterr().out
    assert "캐시백" in told and "신청하는 방법" in told and "해외 카드로 낸 환불" in told
    assert KeywordAnswer.objects.count() == 2
    empty(full)
    manager = full.staff("manager@handrail.test", "한관리", Role.MANAGER)
    file = keep((tmp_path / "site.handrail").read_bytes(), name="site.handrail", by=manager)
    row = Transfer.ask("import", brand=full.brand, by=manager, locale="ko", file=file)
    carry_out.call(row.pk)
    row.refresh_from_db()
    assert row.state == "done" and [each["path"] for each in row.report["entries"]] == ["캐시백"]


def test_a_damaged_archive_changes_nothing(full, tmp_path):
    whole = tmp_path / "site.handrail"
    archive.export(whole, brand=full.brand)
    empty(full)
    broken = tmp_path / "broken.handrail"
    broken.write_bytes(whole.read_bytes()[:-200])

    with pytest.raises((NotRestored, CommandError)):
        restore(broken, brand=full.brand, by=SYSTEM)
    assert not Article.objects.exists()
