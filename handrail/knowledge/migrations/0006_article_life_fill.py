"""Drafts there are get a stage, articles the language they were written in, translations what they were made from."""

from django.db import migrations

BATCH = 500


def fill(apps, schema_editor):
    Article = apps.get_model("knowledge", "Article")
    Translation = apps.get_model("knowledge", "Translation")
    Translation.objects.filter(draft__isnull=False, stage="").update(stage="draft")
    only_english = Article.objects.exclude(translations__locale="ko").filter(translations__locale="en")
    Article.objects.filter(pk__in=list(only_english.values_list("pk", flat=True))).update(
        original_locale="en"
    )
    rows = Translation.objects.filter(published__isnull=False, published_from=None)
    originals = {
        text.article_id: text.published_id
        for text in Translation.objects.filter(published__isnull=False, locale="ko").only(
            "article_id", "published_id"
        )
    }
    changed = []
    for text in rows.filter(locale="en").iterator(chunk_size=BATCH):
        text.published_from_id = originals.get(text.article_id)
        changed.append(text)
        if len(changed) == BATCH:
            Translation.objects.bulk_update(changed, ["published_from"])
            changed = []
    Translation.objects.bulk_update(changed, ["published_from"])


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0005_article_life")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
