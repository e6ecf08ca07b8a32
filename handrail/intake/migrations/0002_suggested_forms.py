"""Products and topics suggest request forms."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0017_fields_and_forms'),
        ('intake', '0001_initial'),
        ('knowledge', '0001_squashed_0017_purpose_of_films'),
    ]

    operations = [
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='conversations.requestform')),
                ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='knowledge.product')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='knowledge.topic')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('product', None), ('topic__isnull', False)), models.Q(('product__isnull', False), ('topic', None)), _connector='OR'), name='a_suggestion_names_a_product_or_a_topic'), models.UniqueConstraint(fields=('form', 'product'), name='a_product_suggests_a_form_once'), models.UniqueConstraint(fields=('form', 'topic'), name='a_topic_suggests_a_form_once')],
            },
        ),
    ]
