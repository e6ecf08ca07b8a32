"""A brand may have a frame of its own around its mails, by language; all begin with the built-in one."""

import django.db.models.deletion
import handrail.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0008_push_subscriptions'),
        ('workspace', '0005_brand_hosts'),
    ]

    operations = [
        migrations.CreateModel(
            name='MailTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('locale', models.CharField(max_length=5)),
                ('html', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
                ('draft_html', models.TextField(blank=True)),
                ('draft_text', models.TextField(blank=True)),
                ('is_used', models.BooleanField(default=False)),
                ('changed_at', models.DateTimeField(default=handrail.core.clock.now)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mail_templates', to='workspace.brand')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('brand', 'locale'), name='one_mail_template_a_language')],
            },
        ),
    ]
