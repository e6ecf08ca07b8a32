"""Whose past questions were: the brand's that their product is of, or the only one there is; else nobody knows."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    asks = apps.get_model("answers", "Ask").objects
    brands = list(apps.get_model("workspace", "Brand").objects.values_list("pk", flat=True)[:2])
    if len(brands) == 1:
        asks.update(brand=brands[0])
        return
    of_product = apps.get_model("knowledge", "Product").objects.filter(pk=OuterRef("product"))
    asks.exclude(product=None).update(brand=Subquery(of_product.values("brand")[:1]))


class Migration(migrations.Migration):
    dependencies = [("answers", "0012_ask_brand"), ("knowledge", "0017_purpose_of_films")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
