"""What the editor asks of the server."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from handrail.accounts.models import Role
from handrail.knowledge.article_files import ArticleFile
from handrail.knowledge.blocks import Block

SRT = "1\r\n00:00:01,000 --> 00:00:02,500\r\n뚜껑을 열어요.\r\n".encode("cp949")


@pytest.fixture
def author(world, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    user = world.staff("author@handrail.test", "정하늘", Role.AUTHOR)
    client.force_login(user)
    return user


def picture(width=3000, height=2000) -> bytes:
    made, out = Image.new("RGB", (width, height), "red"), io.BytesIO()
    exif = made.getexif()
    exif[0x010E] = "home address"
    made.save(out, "JPEG", exif=exif)
    return out.getvalue()


def send(client, content: bytes, name: str, query: str = ""):
    return client.post(reverse("console:editor-files") + query, {"file": SimpleUploadedFile(name, content)})


def test_a_picture_is_made_smaller_and_loses_what_its_camera_wrote(client, author, world):
    article = world.article("글", "<p>말</p>")

    said = send(client, picture(), "집.jpg", f"?article={article.pk}").json()

    kept = client.get(said["src"]).content
    assert (said["type"], said["width"], said["height"]) == ("image/jpeg", 1600, 1067)
    assert Image.open(io.BytesIO(kept)).size == (1600, 1067)
    assert b"home address" not in kept


def test_its_type_is_told_from_its_bytes_and_a_refusal_is_a_sentence(client, author):
    answer = send(client, b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "그림.png")

    assert answer.status_code == 422
    assert "image/svg" in answer.json()["error"]


def test_a_picture_of_an_unsaved_article_is_the_authors_until_the_article_has_it(client, author, world):
    said = send(client, picture(9, 9), "a.jpg").json()
    client.logout()
    assert client.get(said["src"]).status_code == 404

    article = world.article("글", f'<figure><img src="{said["src"]}" alt="a"></figure>')

    assert client.get(said["src"]).status_code == 200
    assert ArticleFile.objects.get().article == article


def test_a_picture_that_only_a_passage_for_colleagues_shows_is_theirs(client, author, world):
    said = send(client, picture(9, 9), "a.jpg").json()
    inner = f'<section data-audience="agents"><figure><img src="{said["src"]}" alt="a"></figure></section>'
    world.article("글", f"<p>밖</p>{inner}")
    assert client.get(said["src"]).status_code == 200

    client.logout()
    assert client.get(said["src"]).status_code == 404


def test_a_blocks_picture_is_for_the_blocks_audience(client, author, world):
    block = Block.start("안", by=author, audience="agents")
    said = send(client, picture(9, 9), "a.jpg", f"?block={block.pk}").json()
    block.write("ko", html=f'<figure><img src="{said["src"]}"></figure>', by=author)
    block.texts.get().publish(by=author)

    client.logout()
    assert client.get(said["src"]).status_code == 404


def test_korean_subtitles_become_captions(client, author):
    said = send(client, SRT, "자막.srt").json()

    assert said["type"] == "text/vtt"
    text = client.get(said["src"]).content.decode()
    assert text.startswith("WEBVTT\n")
    assert "00:00:01.000 --> 00:00:02.500\n뚜껑을 열어요." in text


def test_an_address_inside_our_network_is_not_fetched(client, author):
    answer = client.post(reverse("console:editor-files"), {"address": "http://127.0.0.1:1/x.png"})

    assert answer.status_code == 422


def test_markdown_goes_in_and_comes_out(client, author):
    address = reverse("console:editor-markdown")

    html = client.post(address, {"markdown": "**확인(Confirm)**을 눌러요."}).json()["html"]
    markdown = client.post(address, {"html": html}).json()["markdown"]

    assert html == "<p><strong>확인(Confirm)</strong>을 눌러요.</p>\n"
    assert markdown == "**확인(Confirm)**을 눌러요.\n"


def test_articles_and_blocks_are_found_by_their_words(client, author, world):
    world.article("환불 방법", "<p>말</p>")
    draft = world.article("배송 안내", "<p>말</p>")
    draft.translations.get().withdraw(by=author)
    block = Block.start("상담 시간", by=author)

    articles = client.get(reverse("console:editor-articles"), {"query": "배송"}).json()["rows"]
    blocks = client.get(reverse("console:editor-blocks"), {"query": "상담"}).json()["rows"]

    assert [(row["id"], row["title"]) for row in articles] == [(draft.pk, "배송 안내")]
    assert "아직 공개 전" in articles[0]["note"]
    assert [row["id"] for row in blocks] == [block.pk]


@pytest.mark.parametrize("query", ["?article=999999", "?article=x", "?block=1", "?article=" + "9" * 40])
def test_files_for_what_is_not_there_are_refused(client, author, query):
    assert send(client, picture(9, 9), "a.jpg", query).status_code == 404


def test_the_article_page_opens_what_was_written_passages_included(client, author, world):
    article = world.article("글", '<p>밖</p><section data-audience="agents"><p>안쪽</p></section>')

    page = client.get(reverse("console:article", args=[article.pk, "ko"])).content.decode()

    assert "안쪽" in page
    assert "data-words=" in page
