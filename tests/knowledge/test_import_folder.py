"""A folder of Markdown and HTML comes in, with its pictures, links, audiences and wordings."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.core.files.keeping import read
from handrail.knowledge.importing.reasons import sentence
from handrail.knowledge.models import Article, ArticleFile, Product, Revision, Topic
from tests.knowledge.importing import PIXEL, text_of, told

pytestmark = pytest.mark.django_db


def test_folders_are_products_and_topics(source):
    source.article("lamp/problems/flicker.ko.md", title="불이 깜빡여요")
    source.article("lamp/problems/flicker.en.md", title="The light flickers")

    report = source.take_in()

    article = Article.objects.get()
    assert (article.topic.product.slug, article.topic.slug) == ("lamp", "problems")
    assert {text.title for text in article.translations.all()} == {"불이 깜빡여요", "The light flickers"}
    assert (report.articles, report.count("new"), report.troubles) == (1, 2, [])


def test_a_language_is_read_from_suffix_folder_page_or_letters(source):
    source.article("a/t/suffix.en.md", title="One", body="Plain words.")
    source.article("a/t/ko/folder.md", title="Two", body="Plain words.")
    source.write(
        "a/t/page.html", "<html lang='en-GB'><title>Three</title><body><p>Plain words.</p></body></html>"
    )
    source.article("a/t/letters.md", title="넷", body="한글이에요.")

    source.take_in()

    assert {key: text_of(key, locale).title for key, locale in
            [("suffix", "en"), ("folder", "ko"), ("page", "en"), ("letters", "ko")]} == {
        "suffix": "One", "folder": "Two", "page": "Three", "letters": "넷"}  # fmt: skip


def test_a_files_ending_says_its_language_before_the_folder_it_lies_in(source):
    source.article("ko/lamp/care/other.ko.md", title="다른 글", body="한국어예요.")
    source.article("ko/lamp/care/other.en.html", title="Another", body="<p>English.</p>")
    source.article("ko/lamp/care/third.ja.md", title="三", body="日本語です。")

    report = source.take_in()

    texts = Article.objects.get().translations.all()
    assert {text.locale: text.title for text in texts} == {"ko": "다른 글", "en": "Another"}
    assert told(report) == {("left_out", "ko/lamp/care/third.ja.md", "language")}


def test_two_files_of_one_text_are_told(source):
    source.article("lamp/care/other.ko.md", title="다른 글")
    source.article("ko/lamp/care/other.md", title="같은 글")
    source.article("lamp/care/other.en.md", title="Another", locale="ko")

    report = source.take_in()

    assert told(report) == {
        ("failed", "lamp/care/other.en.md", "twice"),
        ("failed", "lamp/care/other.ko.md", "twice"),
    }
    assert text_of("care/other").title == "같은 글"


def test_a_department_named_like_a_language_is_a_product(source):
    source.article("hr/leave/ask.ko.md", title="휴가 신청하기")
    source.take_in()
    assert Article.objects.get().topic.product.slug == "hr"


def test_front_matter_says_kind_audience_pin_wordings_and_date(source):
    source.article(
        "orders/refunds/how.ko.md", title="환불 신청하기", kind="policy", audience="signed-in", pinned="true",
        aliases='["환불하고 싶어요", "돈 언제 들어와요"]', updated="2026-10-30",
    )  # fmt: skip
    source.take_in()

    article, text = Article.objects.get(), text_of("how")
    assert (article.kind, article.audience, article.is_pinned) == ("policy", "signed_in", True)
    assert text.aliases == ["환불하고 싶어요", "돈 언제 들어와요"]
    assert text.updated_at.date().isoformat() == "2026-10-30"


def test_a_korean_title_becomes_a_korean_slug(source):
    source.article("orders/refunds/how.ko.md", title="환불 신청하는 방법")
    source.article("orders/refunds/named.ko.md", title="아무 제목", slug="환불-기준")
    source.take_in()
    assert (text_of("how").slug, text_of("named").slug) == ("환불-신청하는-방법", "환불-기준")


def test_only_its_audience_sees_an_article(source):
    source.article("a/t/open.ko.md", title="모두")
    source.article("a/t/inside.ko.md", title="상담사만", audience="agents")
    source.take_in()

    assert [a.source.rpartition("/")[2] for a in Article.objects.visible_to(STRANGER)] == ["open"]
    assert Article.objects.visible_to(Viewer(user_id=1, role="agent")).count() == 2


def test_of_two_audiences_the_narrower_counts_and_is_told(source):
    source.article("a/t/x.ko.md", title="글", audience="public")
    source.article("a/t/x.en.md", title="Text", audience="employees")
    report = source.take_in()
    assert Article.objects.get().audience == "employees"
    assert told(report) == {("note", "a/t/x.en.md", "audiences_differ")}


def test_an_audience_for_all_is_for_those_that_name_none(source):
    source.article("a/t/x.ko.md", title="글")
    source.article("a/t/y.ko.md", title="다른 글", audience="public")
    source.take_in(audience="employees")
    assert dict(Article.objects.values_list("source", "audience")) == {
        "folder:help/a/t/x": "employees", "folder:help/a/t/y": "public"}  # fmt: skip


def test_pictures_are_kept_with_the_article_and_seen_by_its_readers_only(source):
    source.write("a/t/images/box.png", PIXEL)
    source.article("a/t/x.ko.md", title="글", body="봐요.\n\n![상자](images/box.png)", audience="employees")
    source.take_in()

    kept = ArticleFile.objects.get()
    assert f'<img src="{kept.path}" alt="상자">' in text_of("x").published.html
    assert read(kept.file).startswith(b"\x89PNG") and kept.content_type == "image/png"
    assert not ArticleFile.objects.visible_to(STRANGER).exists()
    assert ArticleFile.objects.visible_to(Viewer(person_id=1, is_employee=True, assurance=3)).exists()


def test_the_portal_shows_pictures_to_the_articles_readers(source, client):
    source.write("a/t/box.png", PIXEL)
    source.article("a/t/open.ko.md", title="글", body="봐요. ![상자](box.png)")
    source.article("a/t/inside.ko.md", title="안", body="봐요. ![상자](box.png)", audience="agents")
    source.take_in()
    shown, hidden = (ArticleFile.objects.get(article__source__endswith=name) for name in ("/open", "/inside"))

    answer = client.get(shown.path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "private, no-cache"
    assert client.get(hidden.path).status_code == 404

    part = client.get(shown.path, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"\x89PNG")


def test_a_picture_is_what_its_bytes_are_whatever_it_is_called(source):
    source.write("a/t/evil.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    source.article("a/t/x.ko.md", title="글", body="글이에요. ![그림](evil.png)")
    report = source.take_in()
    assert told(report) == {("note", "a/t/x.ko.md", "picture_refused")}
    assert "<img" not in text_of("x").published.html


def test_a_missing_picture_is_told_again_each_time_and_comes_in_once_it_is_there(source):
    source.article("a/t/x.ko.md", title="글", body="글이에요. ![그림](later.png)")
    assert told(source.take_in()) == told(source.take_in()) == {("note", "a/t/x.ko.md", "picture_missing")}

    source.write("a/t/later.png", PIXEL)
    report = source.take_in()

    assert (report.count("changed"), report.troubles) == (1, [])
    assert "<img" in text_of("x").published.html


def test_links_between_files_lead_to_articles_in_the_same_language(source):
    source.article(
        "a/t/x.ko.md", title="처음", body="[다음](../u/y.md#둘) [이름만](../u/y) [밖](https://example.com/)"
    )
    source.article("a/u/y.ko.md", title="다음 글")
    source.take_in()

    number = Article.objects.get(source__endswith="/y").pk
    html = text_of("x").published.html
    address = f"/hc/ko/articles/{number}-%EB%8B%A4%EC%9D%8C-%EA%B8%80"
    assert f'href="{address}#at-' in html and f'href="{address}"' in html
    assert 'href="https://example.com/"' in html


def test_a_link_that_leads_nowhere_keeps_its_words(source):
    source.article("a/t/x.ko.md", title="글", body="[사라진 글](gone.md)을 봐요.")
    report = source.take_in()
    assert told(report) == {("note", "a/t/x.ko.md", "link_lost")}
    assert "사라진 글을 봐요." in text_of("x").published.text
    assert "href" not in text_of("x").published.html


@pytest.mark.parametrize("address", ["/etc/hostname.png", "/images/later.png"])
def test_a_picture_by_its_place_on_a_machine_is_told_and_does_not_stay(source, address):
    source.article("a/t/x.ko.md", title="글", body=f"글이에요. ![그림]({address})")
    assert told(source.take_in()) == {("note", "a/t/x.ko.md", "picture_missing")}
    assert "<img" not in text_of("x").published.html


def test_a_link_that_may_not_be_opened_leaves_its_words_alone(source):
    source.article(
        "a/t/x.ko.md", title="글", body="[여기](javascript:alert(1))를 눌러요. ![그림](data:text/html,x)"
    )
    source.take_in()
    assert text_of("x").published.text == "여기를 눌러요. 그림"


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 file is neither Markdown nor HTML."), (2, "2 files are neither Markdown nor HTML.")],
)
def test_one_is_one(count, said):
    with translation.override("en"):
        assert sentence("not_an_article", {"count": count}) == said


def test_nothing_outside_the_folder_is_read(source, tmp_path):
    (tmp_path / "secret.png").write_bytes(PIXEL)
    (tmp_path / "secret.md").write_text("# 비밀\n\n글")
    (source.root / "a").mkdir()
    (source.root / "a" / "link.md").symlink_to(tmp_path / "secret.md")
    source.article("a/t/x.ko.md", title="글", body="글 ![그림](../../../secret.png)")
    report = source.take_in()
    assert told(report) == {("left_out", "a/link.md", "outside"), ("note", "a/t/x.ko.md", "picture_missing")}
    assert ArticleFile.objects.count() == 0


def test_a_film_becomes_a_player_with_its_captions(source):
    source.write(
        "a/t/media/track.webm",
        b"\x1aE\xdf\xa3"
        + b"\x01\x00\x00\x00\x00\x00\x00\x1fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm",
    )
    source.write("a/t/media/track.ko.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\n안녕하세요\n")
    source.article("a/t/x.ko.md", title="영상", body="봐요.\n\n![배송 조회](media/track.webm)", kind="video")
    report = source.take_in()

    html = text_of("x").published.html
    assert report.troubles == []
    assert "<video" in html and "<source" in html and 'srclang="ko"' in html
    assert sorted(ArticleFile.objects.values_list("content_type", flat=True)) == [
        "text/vtt",
        "video/webm",
    ]


def test_a_film_that_is_missing_leaves_no_empty_player(source):
    source.write("a/t/media/track.ko.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\n안녕하세요\n")
    source.article("a/t/x.ko.md", title="영상", body="봐요.\n\n![배송 조회](media/track.webm)")
    assert told(source.take_in()) == {("note", "a/t/x.ko.md", "picture_missing")}
    assert "<video" not in text_of("x").published.html


def test_related_articles_are_named_by_file(source):
    source.article("a/t/x.ko.md", title="글", related="[y, nobody]")
    source.article("a/u/y.ko.md", title="다른 글")
    report = source.take_in()
    assert [a.source for a in Article.objects.get(source__endswith="/x").related.all()] == [
        "folder:help/a/u/y"
    ]
    assert told(report) == {("note", "a/t/x.ko.md", "related_lost")}


def test_one_bad_file_never_stops_the_rest(source):
    source.article("a/t/good.ko.md", title="좋은 글")
    source.write("a/t/yaml.ko.md", "---\ntitle: [없는 괄호\n---\n글")
    source.write("a/t/kind.ko.md", "---\ntitle: 글\nkind: poem\n---\n글")
    source.write("a/t/bytes.ko.md", b"---\ntitle: x\n---\n\x00\xff\xfe\x81")
    source.write("a/t/empty.ko.md", "---\ntitle: 제목만\n---\n\n")
    source.write("a/t/untitled.ko.md", "제목이 없어요.")
    source.article("a/t/long.ko.md", title="가" * 201)
    source.write("a/t/huge.ko.md", "---\ntitle: 너무 긴 글\n---\n" + "가" * 1_000_001)
    source.article("a/t/good.ko.html", title="같은 글")
    source.article("loose.ko.md", title="어디에도 없는 글")

    report = source.take_in()

    assert {(path, reason) for status, path, reason in told(report) if status == "failed"} == {
        ("a/t/yaml.ko.md", "front_matter"), ("a/t/kind.ko.md", "unknown_value"), ("a/t/bytes.ko.md", "not_text"),
        ("a/t/empty.ko.md", "empty"), ("a/t/untitled.ko.md", "no_title"), ("a/t/long.ko.md", "title_too_long"),
        ("a/t/huge.ko.md", "text_too_long"), ("a/t/good.ko.md", "twice"), ("loose.ko.md", "no_place"),
    }  # fmt: skip
    assert [a.source for a in Article.objects.all()] == ["folder:help/a/t/good"]
    for entry in report.troubles:
        assert entry.message and "%(" not in entry.message and entry.next_step


def test_html_loses_its_navigation_and_keeps_its_words(source):
    source.write("a/t/x.html", """<html lang="ko"><head><title>누리집 - 필터</title></head><body>
        <header>누리집</header><nav><a href="y.html">차례</a></nav>
        <main><h1>필터 교체</h1><h2>준비</h2><p>전원을 꺼요.</p><div>덮개를</div><div>열어요.</div>
        <script>alert(1)</script></main><footer>저작권</footer></body></html>""")  # fmt: skip
    source.take_in()
    text = text_of("x")
    assert text.title == "필터 교체"
    assert text.published.text.split() == ["준비", "전원을", "꺼요.", "덮개를", "열어요."]
    assert not any(word in text.published.text for word in ("차례", "저작권", "alert", "누리집"))


@pytest.mark.parametrize("kind", ["NOTE", "CAUTION"])
def test_a_callout_that_stands_by_itself_stays(source, kind):
    source.article("a/b/cream.ko.md", f"> [!{kind}]\n> 바로 물로 씻어 내요.\n\n## 다음\n\n사진을 찍어요.")
    source.take_in()
    assert f'<aside class="{kind.lower()}">' in text_of("cream").published.html


def test_old_korean_encoding_is_read(source):
    source.write("a/t/x.html", "<title>옛 글</title><body><p>똠방각하</p></body>".encode("cp949"))
    source.take_in()
    assert text_of("x").published.text == "똠방각하"


def test_markdown_emphasis_beside_hangul_works(source):
    source.article("a/t/x.ko.md", title="글", body="**확인(Confirm)**을 눌러요.")
    source.take_in()
    assert "<strong>확인(Confirm)</strong>을" in text_of("x").published.html


def test_places_that_exist_keep_their_names(source, world):
    source.article("orders/refunds/x.ko.md", title="글")
    source.take_in()
    assert Article.objects.get().topic == world.topic
    assert Topic.objects.get(slug="refunds").name("ko") == "환불"
    assert Product.objects.count() == 1


def test_a_draft_is_written_and_shown_to_nobody(source):
    source.article("a/t/x.ko.md", title="글", draft="true")
    source.take_in()
    assert text_of("x").draft is not None and text_of("x").published is None


def test_the_command_reports_in_json_and_fails_when_a_file_failed(source):
    source.article("a/t/x.ko.md", title="글")
    source.write("a/t/bad.ko.md", "제목이 없어요.")
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("import", str(source.root), "--json", stdout=out, stderr=StringIO())
    said = json.loads(out.getvalue())
    assert stopped.value.code == 1
    assert (said["articles"], said["texts"]["new"], said["texts"]["failed"]) == (1, 1, 1)
    bad = next(entry for entry in said["entries"] if entry["status"] == "failed")
    assert bad["path"] == "a/t/bad.ko.md" and bad["reason"] == "no_title" and bad["next_step"]


def test_a_dry_run_says_what_would_come_in_and_writes_nothing(source):
    source.article("a/t/x.ko.md", title="글")
    out = StringIO()
    call_command("import", str(source.root), "--dry-run", stdout=out, stderr=StringIO())
    assert "1" in out.getvalue()
    assert (Article.objects.count(), Revision.objects.count(), Product.objects.filter(slug="a").count()) == (
        0,
        0,
        0,
    )


def test_a_source_that_is_no_folder_is_refused_in_a_sentence(world):
    with pytest.raises(CommandError, match="/nowhere"):
        call_command("import", "/nowhere")


def test_of_two_drafts_above_one_text_the_second_is_told(source):
    source.write("handrail.yaml", "handrail: 1")
    for name in ("other.ko.md", "other.draft.ko.md", "other.draft.ko.markdown"):
        source.article(f"lamp/care/{name}", title=name)

    assert told(source.take_in()) == {("failed", "lamp/care/other.draft.ko.md", "twice")}
