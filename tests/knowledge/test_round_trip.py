"""What goes out comes in again: a second installation exports the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from handrail.accounts.viewer import STRANGER
from handrail.answers.keywords import KeywordAnswer
from handrail.contacts.models import Organisation
from handrail.contacts.segments import Rule, Segment
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.knowledge import segment_rows
from handrail.knowledge.articles import Article
from handrail.knowledge.exporting import markdown, zendesk
from handrail.knowledge.importing.run import run
from handrail.knowledge.importing.trouble import NotTaken
from handrail.knowledge.labelling import ArticleLabel
from handrail.knowledge.products import Topic
from handrail.knowledge.redirects import Redirect
from handrail.knowledge.translations import Translation
from tests.knowledge.full_site import empty, everything, full, names_of_labels

__all__ = ["everything", "full"]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_folder_of_markdown_comes_in_and_goes_out_the_same(full, tmp_path):
    first, second = tmp_path / "first" / "help", tmp_path / "second" / "help"
    assert markdown.export(first, brand=full.brand) == 5
    empty(full)

    report = run(first, brand=full.brand)

    assert [entry.message for entry in report.troubles] == []
    markdown.export(second, brand=full.brand)
    for name, content in contents(first).items():
        assert contents(second)[name].decode("utf-8", "replace") == content.decode("utf-8", "replace"), name
    assert contents(second) == contents(first)
    came = Article.objects.get(kind="policy")
    assert came.topic.parent and came.topic.parent.slug == "refunds"
    assert Redirect.objects.filter(article=came).exists()
    again = run(first, brand=full.brand)
    assert {entry.status for entry in again.entries} == {"unchanged"}


def test_a_site_with_everything_goes_out_comes_in_and_goes_out_the_same(everything, tmp_path):
    """Owners, check dates, keywords, troubleshooters, blocks: in an empty installation the same bytes leave, and a second run writes nothing."""
    first, second = tmp_path / "first" / "help", tmp_path / "second" / "help"
    markdown.export(first, brand=everything.brand)
    empty(everything)

    report = run(first, brand=everything.brand)

    assert [entry.message for entry in report.troubles] == []
    markdown.export(second, brand=everything.brand)
    assert sorted(contents(second)) == sorted(contents(first))
    for name, content in contents(first).items():
        assert contents(second)[name].decode("utf-8", "replace") == content.decode("utf-8", "replace"), name
    tied = KeywordAnswer.objects.get()
    assert tied.words == ["캐시백"] and tied.article.title_in("ko") == "신청하는 방법"
    last = Event.objects.latest("pk").pk
    again = run(first, brand=everything.brand)
    assert {entry.status for entry in again.entries} == {"unchanged"}
    written = set(Event.objects.filter(pk__gt=last).values_list("verb", flat=True))
    assert {verb.partition(".")[0] for verb in written} <= {"product", "topic", "faq"}


def test_a_site_with_everything_comes_back_to_itself_unchanged(everything, tmp_path):
    markdown.export(tmp_path / "help", brand=everything.brand)
    report = run(tmp_path / "help", brand=everything.brand)
    assert [entry.message for entry in report.troubles] == []
    assert {entry.status for entry in report.entries} == {"unchanged"}


@pytest.mark.parametrize("kind", [markdown, zendesk])
def test_a_folder_brings_its_segments_to_a_site_that_does_not_know_them(full, tmp_path, kind):
    partners = Segment.define(
        "partners",
        names={"ko": "협력사", "en": "Partners"},
        rules=[Rule(mark="vip"), Rule(organisation=Organisation.objects.create(name="가온"))],
        matches="all",
        by=SYSTEM,
    )
    full.article("사내 안내", "<p>직원만 봐요.</p>", audience="employees")
    before = segment_rows.row_of(partners)
    kind.export(tmp_path / "help", brand=full.brand)
    kind.export(tmp_path / "public", brand=full.brand, viewer=STRANGER)
    assert "가온" not in b"".join(contents(tmp_path / "public").values()).decode("utf-8", "replace")
    empty(full)
    Segment.objects.all().delete()
    Organisation.objects.all().delete()

    report = run(tmp_path / "help", brand=full.brand)

    assert not [entry for entry in report.entries if entry.reason == "segment"]
    assert segment_rows.rows() == [before]
    assert {"segment", "employees", "agents"} <= set(Article.objects.values_list("audience", flat=True))
    assert Article.objects.get(audience="segment").segment.slug == "partners"


@pytest.mark.parametrize("kind", [markdown, zendesk])
def test_a_folder_brings_what_readers_see_in_place_of_a_label(full, tmp_path, kind):
    before = names_of_labels()
    assert before["카드"] == {"en": "Cards"}
    kind.export(tmp_path / "help", brand=full.brand)
    empty(full)

    run(tmp_path / "help", brand=full.brand)

    assert names_of_labels() == before
    came = Event.objects.filter(verb="label.called").count()
    ArticleLabel.objects.get(name="해외").call({"en": "Abroad"}, by=full.agent)
    run(tmp_path / "help", brand=full.brand)
    assert names_of_labels() == before | {"해외": {"en": "Abroad"}}
    assert Event.objects.filter(verb="label.called").count() == came + 1


def test_a_reader_takes_along_the_names_of_labels_they_see_alone(full, tmp_path):
    full.article("누구나", "<p>읽어요.</p>").label_as(["누구나"], by=full.agent)
    ArticleLabel.objects.get(name="누구나").call({"en": "Everybody"}, by=full.agent)
    markdown.export(tmp_path / "public", brand=full.brand, viewer=STRANGER)
    zendesk.export(tmp_path / "json", brand=full.brand, viewer=STRANGER)
    for file in ("public/handrail.yaml", "json/labels.json"):
        said = (tmp_path / file).read_text(encoding="utf-8")
        assert "Everybody" in said and "Cards" not in said and "Later" not in said, file


def test_names_of_a_label_that_are_no_names_are_told(full, tmp_path):
    markdown.export(tmp_path / "help", brand=full.brand)
    shelf = tmp_path / "help" / "handrail.yaml"
    shelf.write_text(shelf.read_text(encoding="utf-8").replace("en: Cards", "en: [Cards]"), encoding="utf-8")
    with pytest.raises(NotTaken):
        run(tmp_path / "help", brand=full.brand)


def test_a_segment_that_is_here_keeps_its_rules(full, tmp_path):
    markdown.export(tmp_path / "help", brand=full.brand)
    empty(full)
    names = {"ko": "협력사", "en": "Partners"}
    Segment.define("partners", names=names, rules=[Rule(mark="gold")], by=SYSTEM)

    run(tmp_path / "help", brand=full.brand)

    assert [rule["mark"] for row in segment_rows.rows() for rule in row["rules"]] == ["gold"]


def test_an_export_over_an_older_one_leaves_nothing_stale_and_touches_nothing_else(full, tmp_path):
    folder = tmp_path / "help"
    markdown.export(folder, brand=full.brand)
    gone = Article.objects.get(kind="policy")
    gone.move(full.topic, by=full.agent)
    markdown.export(folder, brand=full.brand)
    names = [name for name in contents(folder) if "새-주소" in name]
    assert names and all(name.startswith("orders/refunds/") for name in names)

    other = tmp_path / "mine"
    other.mkdir()
    (other / "letter.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(CommandError, match="holds files"):
        call_command("export", str(other))


def test_an_export_for_one_reader_holds_what_they_may_read_and_no_draft(full, tmp_path):
    markdown.export(tmp_path / "public", brand=full.brand, viewer=STRANGER)
    zendesk.export(tmp_path / "json", brand=full.brand, viewer=STRANGER)
    for folder in ("public", "json"):
        written = b"".join(contents(tmp_path / folder).values()).decode("utf-8", "replace")
        assert "점검 안내" in written
        assert not any(word in written for word in ("쉿", "해외 카드", "form.pdf", "예전"))


def test_zendesks_json_goes_out_and_comes_in_with_the_same_texts(full, tmp_path):
    folder = tmp_path / "json"
    zendesk.export(folder, brand=full.brand)
    before = said(folder)
    empty(full)

    report = run(folder, brand=full.brand)

    assert not [entry for entry in report.entries if entry.status == "failed"]
    zendesk.export(tmp_path / "again", brand=full.brand)
    assert said(tmp_path / "again") == before
    assert set(Article.objects.values_list("original_locale", flat=True)) == {"ko"}
    assert Topic.objects.get(parent__isnull=False).parent.articles.exists()


def addresses() -> list[str]:
    texts = Translation.objects.filter(published__isnull=False, article__archived_at=None)
    places = "article__topic__product__slug", "article__topic__slug", "locale", "slug"
    return sorted("/".join(each) for each in texts.values_list(*places))


def test_zendesks_json_keeps_names_in_addresses_and_links_to_mail_and_telephone(full, tmp_path):
    words = (
        '<p><a href="mailto:help@ongyeol.example?subject=A">메일</a> <a href="tel:+82-2-1234">전화</a></p>'
    )
    full.article("연락하기", words)
    before = addresses()
    zendesk.export(tmp_path / "json", brand=full.brand)
    empty(full)

    report = run(tmp_path / "json", brand=full.brand)

    assert not [entry for entry in report.entries if entry.reason == "link_lost"]
    assert addresses() == before and any("/새-주소" in each for each in before)
    html = Translation.objects.get(published__title="연락하기").published.html
    assert 'href="mailto:help@ongyeol.example?subject=A"' in html and 'href="tel:+82-2-1234"' in html


def test_labels_of_an_article_go_out_and_come_in_by_name(full, tmp_path):
    zendesk.export(tmp_path / "json", brand=full.brand)
    rows = json.loads((tmp_path / "json" / "articles.ko.json").read_text(encoding="utf-8"))["articles"]
    labels = {row["title"]: row["label_names"] for row in rows}
    assert sorted(labels["해외 카드로 낸 환불"]) == ["카드", "해외"] and labels["신청하는 방법"] == []
    listed = json.loads((tmp_path / "json" / "labels.json").read_text(encoding="utf-8"))["labels"]
    assert {row["name"] for row in listed} == {"카드", "해외", "나중에"}
    empty(full)

    run(tmp_path / "json", brand=full.brand)

    came = Article.objects.get(labels__name="해외")
    assert sorted(came.labels.values_list("name", flat=True)) == ["카드", "해외"]
    assert not Article.objects.filter(translations__slug="신청하는-방법", labels__isnull=False).exists()


def test_addresses_in_the_json_are_of_the_brands_own_site(full, tmp_path):
    """Told by its host they come in again, links among the articles and pictures too."""
    full.brand.answer_at("help.ongyeol.example", by=full.agent)
    full.brand.lead_to_host(by=full.agent)
    full.brand.refresh_from_db()
    zendesk.export(tmp_path / "json", brand=full.brand)
    for path in (tmp_path / "json").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert settings.BASE_URL not in text, path.name
        if path.name.startswith(("articles", "sections", "categories")):
            assert f"{full.brand.site}/hc/" in text, path.name
    before = said(tmp_path / "json")
    empty(full)
    report = run(tmp_path / "json", brand=full.brand)
    assert [entry.message for entry in report.troubles] == []
    zendesk.export(tmp_path / "again", brand=full.brand)
    assert said(tmp_path / "again") == before


def said(folder: Path) -> list[tuple[object, ...]]:
    """Everything but the numbers of sections and pictures."""
    rows = []
    for path in sorted(folder.glob("articles.*.json")):
        for row in json.loads(path.read_text(encoding="utf-8"))["articles"]:
            body = row["body"].replace("article_attachments/", "#").split("#")[0]
            rows.append(
                (row["title"], row["locale"], row["draft"], row["label_names"], row["promoted"], body)
            )
    return sorted(rows, key=str)


def test_the_commands_tell_what_they_did(full, tmp_path, capsys):
    call_command("export", str(tmp_path / "site.handrail"))
    empty(full)
    call_command("import", str(tmp_path / "site.handrail"))
    told = capsys.readouterr().out
    assert "5" in told and Article.objects.count() == 5
    call_command("export", str(tmp_path / "folder"), "--for", "signed-in")
    with pytest.raises(CommandError, match=r"everybody.* segment:<slug>"):
        call_command("export", str(tmp_path / "folder"), "--for", "everybody")
