"""An import goes no way around the review: what its author may not publish by hand waits for a reviewer."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.accounts.models import Role
from handrail.knowledge.exporting import archive
from handrail.knowledge.models import Article, Transfer
from tests.console.test_transfers import author, zipped
from tests.desk.conftest import signed_in

__all__ = ["author"]
NEW = "---\ntitle: 새 글\naudience: %s\n---\n%s\n"


def send(client, content: bytes, world, name: str = "help.zip"):
    client.post("/console/transfers/in", {"file": SimpleUploadedFile(name, content)})
    world.settle()
    return Transfer.objects.first()


def test_an_authors_import_waits_for_a_reviewer(author, world):
    row = send(author, zipped(orders__refunds__a=NEW % ("public", "본문이에요.")), world)
    text = Article.objects.get().translations.get()
    assert text.published is None and text.stage == "review"
    assert "for_review" in {entry["reason"] for entry in row.report["entries"]}
    assert "검토" in author.get("/console/transfers").content.decode() or row.report


def test_a_reviewers_import_is_published(author, world):
    reviewer = signed_in(world.staff("reviewer@handrail.test", "검토자", Role.REVIEWER))
    send(reviewer, zipped(orders__refunds__a=NEW % ("employees", "본문이에요.")), world)
    article = Article.objects.get()
    assert article.translations.get().published
    # An author changes it afterwards: neither its words nor its audience go out.
    row = send(author, zipped(orders__refunds__a=NEW % ("public", "바뀐 본문이에요.")), world)
    article.refresh_from_db()
    assert article.audience == "employees"
    assert "바뀐" not in article.translations.get().published.html
    assert {"audience_for_review", "for_review"} <= {entry["reason"] for entry in row.report["entries"]}


def test_an_author_imports_no_archive(author, world, tmp_path):
    world.article("환불", "<p>삼일.</p>")
    archive.export(tmp_path / "site.handrail", brand=world.brand)
    row = send(author, (tmp_path / "site.handrail").read_bytes(), world, "site.handrail")
    assert row.state == "failed"


@pytest.mark.parametrize(
    ("role", "old", "new", "status"),
    [
        (Role.AUTHOR, "employees", "public", 422),
        (Role.AUTHOR, "public", "employees", 302),
        (Role.REVIEWER, "employees", "public", 302),
    ],
)
def test_widening_an_audience_takes_a_reviewer(author, world, role, old, new, status):
    client = signed_in(world.staff("somebody@handrail.test", "누군가", role))
    article = world.article("환불", "<p>삼일.</p>", audience=old)
    fields = {"audience": new, "topic": article.topic_id}
    assert client.post(f"/console/articles/{article.pk}/place", fields).status_code == status
    article.refresh_from_db()
    assert article.audience == (new if status == 302 else old)


def test_what_nobody_approved_yet_changes_its_audience_freely(author, world):
    article = Article.start(world.topic, by=world.agent, audience="employees")
    article.write("ko", title="새 글", html="<p>글</p>", by=world.agent)
    fields = {"audience": "public", "topic": article.topic_id}
    assert author.post(f"/console/articles/{article.pk}/place", fields).status_code == 302
