"""Labels that are measured with may be remembered, too; until now none was. What colleagues said of gaps is, from the next change on."""

from django.db import migrations, models


def fill(apps, schema_editor):
    labels = apps.get_model("answers", "Label").objects.filter(is_held_out=True)
    labels.exclude(evidence="editor", given_by_kind="staff").update(is_remembered=False)


class Migration(migrations.Migration):
    dependencies = [("answers", "0017_passages_below")]

    operations = [
        migrations.AddField(
            model_name="label",
            name="is_remembered",
            field=models.BooleanField(default=True, help_text="its question is answered as it says"),
        ),
        migrations.AlterField(
            model_name="label",
            name="is_held_out",
            field=models.BooleanField(help_text="measured with, never fitted on"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
