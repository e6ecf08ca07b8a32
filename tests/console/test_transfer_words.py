"""What an import tells is said in the language of whoever reads it, with the means of the place it is read at."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from handrail.accounts.models import User
from handrail.knowledge.models import Transfer
from handrail.knowledge.transfer_troubles import SENTENCES
from tests.console.test_transfers import author, zipped

__all__ = ["author"]


def read(author, locale: str) -> str:
    User.objects.filter(email="author@handrail.test").update(locale=locale)
    return author.get("/console/transfers").content.decode()


def test_a_failure_is_told_in_the_readers_language(author, world):
    author.post("/console/transfers/in", {"file": SimpleUploadedFile("help.zip", b"no zip at all")})
    world.settle()
    row = Transfer.objects.get()
    assert row.report["trouble"] == {"code": "no_zip", "values": {}}
    with translation.override("en"):
        assert row.said_trouble == str(SENTENCES["no_zip"]) and "no zip" in row.said_trouble
    assert "This is no zip" in read(author, "en")


def test_remarks_are_told_in_the_readers_language_and_name_what_the_console_has(author, world):
    sent = zipped(
        orders__a="---\ntitle: a: b: c\n---\n글\n",
        loose="---\ntitle: 글\n---\n글\n",
        p__t__c="---\ntitle: 글\n---\n글\n",
    )
    author.post("/console/transfers/in", {"file": SimpleUploadedFile("help.zip", sent)})
    world.settle()
    english, korean = read(author, "en"), read(author, "ko")
    assert (
        "The front matter is not valid YAML: line 2" in english and "mapping values" not in english + korean
    )
    assert "The file lies outside" in english and "The file lies outside" not in korean
    assert "--product" not in english + korean
