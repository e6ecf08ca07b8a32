"""A conversation knows the organisation it may be shared in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_squashed_0005_after_sending'),
        ('contacts', '0004_merging_and_sharing'),
        ('conversations', '0015_checklists'),
        ('workspace', '0001_squashed_0002_portal'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='conversation',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='conversations', to='contacts.organisation'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(condition=models.Q(('organisation__isnull', False)), fields=['organisation', '-created_at'], name='conversations_of_organisation'),
        ),
    ]
