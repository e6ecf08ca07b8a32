"""An owner is told of a check date before it and on it: of the second, by a date of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0019_product_put_away'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='told_on',
            field=models.DateField(blank=True, help_text='the check_by its owner was told of once more when it had come', null=True),
        ),
    ]
