"""When whoever has a conversation got it; fields that every conversation must say before it is solved."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0020_notices'),
    ]

    # A column that may be empty is added without a rebuild.
    operations = [
        migrations.AddField(
            model_name='conversation',
            name='taken_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='field',
            name='required',
            field=models.CharField(choices=[('never', 'Never'), ('create', 'When a request is sent'), ('solve', 'Before it is solved'), ('always', 'Before any conversation is solved, whatever its form')], default='never', max_length=6),
        ),
    ]
