"""An article on paper: the same words, a Hangul font, the same permission."""

from __future__ import annotations

import re
import zlib

import pytest

from handrail.knowledge.article_files import ArticleFile
from handrail.web import limits
from handrail.web.portal.paper import is_offered
from tests.knowledge.pictures import png

pytestmark = pytest.mark.skipif(not is_offered(), reason="the extra pdf is not installed")


@pytest.fixture
def article(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    limits.forget_all()
    article = world.article("환불 안내", "<p>x</p>")
    picture = ArticleFile.attach(article, png("a"), title="a.png", by=world.agent)
    html = f'<h2>순서</h2><p>결제 후 3일.</p><img src="{picture.path}" alt=""><img src="https://evil.example/x.png" alt="">'
    article.write("ko", title="환불 안내", html=html, by=world.agent)
    article.translations.get().publish(by=world.agent)
    return article


def test_it_is_a_pdf_of_a4_pages_with_its_hangul_in_a_font_of_its_own(client, article):
    address = f"/hc/ko/articles/{article.pk}-{article.translations.get().slug}.pdf"
    answer = client.get(address)
    whole = b"".join(unpacked(answer.content)) + answer.content

    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    assert re.search(rb"MediaBox \[0 0 595\.\d+ 841\.\d+\]", whole)
    assert b"Noto" in whole or b"Nanum" in whole
    # What the letters mean is told beside their shapes, so that the words can be searched and copied.
    assert b"<d658>" in whole.lower(), "no 환"
    assert whole.count(b"/Subtype /Image") == 1


def test_it_is_for_the_articles_readers_alone(client, article, world):
    address = f"/hc/ko/articles/{article.pk}-{article.translations.get().slug}.pdf"
    assert ".pdf" in client.get(address.removesuffix(".pdf")).content.decode()
    article.show_to("agents", by=world.agent)
    assert client.get(address).status_code == 404


def unpacked(data: bytes):
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S):
        try:
            yield zlib.decompress(stream)
        except zlib.error:
            continue
