"""Files with a virus are refused by name, and none is taken unseen while a named scanner is away."""

from __future__ import annotations

import socket

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from handrail.config import env
from handrail.core.actors import SYSTEM
from handrail.core.files.keeping import Infected, Unchecked, keep, read
from handrail.core.files.models import StoredFile
from handrail.core.files.scanning import Unanswered, virus_in
from tests.scanner import EICAR

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    "locale, words", [("ko", "악성코드(Eicar-Test-Signature"), ("en", "is infected (Eicar-Test-Signature")]
)
def test_an_infected_file_is_refused_by_name_and_leaves_nothing(scanner, tmp_path, locale, words):
    with translation.override(locale), pytest.raises(Infected) as refused:
        keep(EICAR, name="청구서.com", by=SYSTEM)
    assert "“청구서.com”" in str(refused.value) and words in str(refused.value)
    assert not StoredFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_clean_file_of_many_pieces_is_kept_as_it_is(scanner):
    content = bytes(range(256)) * 3_000
    assert read(keep(content, name="a.bin", by=SYSTEM)) == content


def test_nothing_is_looked_through_where_no_scanner_is_named():
    assert read(keep(EICAR, name="a.com", by=SYSTEM, is_any=True)) == EICAR


def test_more_than_the_scanner_takes_counts_as_unseen(scanner):
    with pytest.raises(Unanswered, match="size limit exceeded"):
        virus_in(bytes(1_500_000))


def test_a_scanner_that_is_away_or_silent_lets_nothing_pass(settings, tmp_path):
    settings.FILE_SCANNER = f"unix:{tmp_path / 'nobody'}"
    with translation.override("en"), pytest.raises(Unchecked, match=r"“a\.txt” cannot be checked"):
        keep(b"words", name="a.txt", by=SYSTEM)
    settings.FILE_SCAN_SECONDS = 0.05
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.FILE_SCANNER = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Unchecked):
            keep(b"words", name="a.txt", by=SYSTEM)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("given", ["/run/clamd", "tcp://host", "http://host:3310", "unix:run"])
def test_an_address_that_is_none_is_refused_at_the_start(monkeypatch, given):
    monkeypatch.setenv("HANDRAIL_CLAMD", given)
    with pytest.raises(ImproperlyConfigured, match="HANDRAIL_CLAMD"):
        env.scanner("HANDRAIL_CLAMD")
