"""Whose voice each label is, of labels kept before voices were: the one who gave it."""

from django.db import migrations
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Coalesce, Concat


def fill(apps, schema_editor):
    number = Coalesce(Cast("given_by_id", CharField()), Value(""))
    apps.get_model("answers", "Label").objects.filter(giver="").update(
        giver=Concat("given_by_kind", Value(":"), number)
    )


class Migration(migrations.Migration):
    dependencies = [("answers", "0006_thresholds_and_classifiers")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
