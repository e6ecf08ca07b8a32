"""Each organisation's one domain becomes a row of its own."""

from django.db import migrations


def fill(apps, schema_editor):
    organisations = apps.get_model("contacts", "Organisation")
    domains = apps.get_model("contacts", "Domain")
    for one in organisations.objects.exclude(domain="").order_by("pk"):
        # Two may have written the same; it leads to the first.
        domains.objects.get_or_create(name=one.domain.strip().lower(), defaults={"organisation": one})


class Migration(migrations.Migration):
    dependencies = [("contacts", "0004_merging_and_sharing")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
