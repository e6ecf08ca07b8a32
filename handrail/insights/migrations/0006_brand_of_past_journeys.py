"""Journeys have the brand of their question; where there is one brand only, the counts of past days are its own."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    of_ask = apps.get_model("answers", "Ask").objects.filter(pk=OuterRef("ask"))
    apps.get_model("insights", "Journey").objects.update(brand=Subquery(of_ask.values("brand")[:1]))
    brands = list(apps.get_model("workspace", "Brand").objects.values_list("pk", flat=True)[:2])
    if len(brands) == 1:
        apps.get_model("insights", "DayCount").objects.update(brand=brands[0])


class Migration(migrations.Migration):
    dependencies = [("insights", "0005_by_brand"), ("answers", "0013_brand_of_past_asks")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
