"""Import and export from the console: asked for by a colleague, done by the worker, told on the page."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.accounts.models import Role
from handrail.knowledge.models import Article, Transfer
from handrail.knowledge.transfers import unpack
from tests.desk.conftest import signed_in


@pytest.fixture
def author(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    settings.DATA = tmp_path
    return signed_in(world.staff("author@handrail.test", "정작가", Role.AUTHOR))


def zipped(**files: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as sheet:
        for name, text in files.items():
            sheet.writestr(name.replace("__", "/") + ".md", text)
    return target.getvalue()


def test_a_folder_leaves_as_a_zip_for_one_reader_and_comes_in_again(author, world):
    world.article("환불 안내", "<p>3일 걸려요.</p>")
    world.article("안쪽 기준", "<p>쉿.</p>", audience="agents")
    author.post("/console/transfers/out", {"kind": "markdown", "reader": "public"})
    world.settle()
    row = Transfer.objects.get()
    assert "내려받기" in author.get("/console/transfers").content.decode()

    got = b"".join(author.get(f"/console/transfers/{row.pk}/file").streaming_content)
    names = zipfile.ZipFile(io.BytesIO(got)).namelist()
    assert any("환불-안내.ko.md" in name for name in names) and not any("안쪽" in name for name in names)

    author.post("/console/transfers/in", {"file": SimpleUploadedFile("help.zip", got)})
    world.settle()
    page = author.get("/console/transfers").content.decode()
    assert (Transfer.objects.first().state == "done" and "새 글" in page) or "글 1개" in page


def test_an_import_tells_what_did_not_come_in_and_a_dry_run_writes_nothing(author, world):
    sent = zipped(
        orders__refunds__a="---\ntitle: 새 글\n---\n본문이에요.\n", orders__refunds__b="제목 없는 글\n"
    )
    author.post("/console/transfers/in", {"file": SimpleUploadedFile("help.zip", sent), "is_dry_run": "1"})
    world.settle()
    assert not Article.objects.exists()
    author.post("/console/transfers/in", {"file": SimpleUploadedFile("help.zip", sent)})
    world.settle()
    assert Article.objects.get().audience == "agents"
    assert "b.md" in author.get("/console/transfers").content.decode()


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["test-prod/topic-a/bomb.ko.md"], "test-prod/topic-a/bomb.ko.md"),  # product/topic/file
        (["test-prod/bomb.ko.md"], "test-prod/bomb.ko.md"),  # a product, no topic
        (["ko/test-prod/topic-a/bomb.md"], "ko/test-prod/topic-a/bomb.md"),
        (["help/test-prod/topic-a/bomb.ko.md"], "test-prod/topic-a/bomb.ko.md"),  # the folder that was packed
        (["help/test-prod/topic-a/deep/bomb.ko.md"], "test-prod/topic-a/deep/bomb.ko.md"),
        (["help/test-prod/a/b.md", "help/c.md"], "help/test-prod/a/b.md"),  # c.md would lie nowhere
        (["out/handrail.yaml", "out/p/t/a.ko.md"], "p/t/a.ko.md"),
        (["saved/articles.json"], "articles.json"),
    ],
)
def test_a_single_top_folder_comes_off_only_where_products_and_topics_stand_below_it(tmp_path, names, kept):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as sheet:
        for name in names:
            sheet.writestr(name, "x")
    unpack(target.getvalue(), tmp_path / "folder")
    assert (tmp_path / "folder" / kept).is_file()


def test_a_zip_that_climbs_out_of_its_folder_comes_in_nowhere(author, world, tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as sheet:
        sheet.writestr("../../evil.md", "x")
    with pytest.raises(ValueError, match="evil"):
        unpack(target.getvalue(), tmp_path / "folder")
    assert not list(tmp_path.rglob("evil.md"))


def test_what_is_no_zip_is_told_and_harms_nothing(author, world):
    author.post("/console/transfers/in", {"file": SimpleUploadedFile("help.zip", b"no zip at all")})
    world.settle()
    assert Transfer.objects.get().state == "failed"
    assert author.get("/console/transfers").status_code == 200
