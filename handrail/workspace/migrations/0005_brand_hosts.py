"""A brand may be reached by a host name of its own; those there are go on at the site's address."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("workspace", "0004_brand_unmerges_days"),
    ]

    operations = [
        migrations.AddField(
            model_name='brand',
            name='host',
            field=models.CharField(blank=True, default='', max_length=253),
        ),
        migrations.AddField(
            model_name='brand',
            name='host_asked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='brand',
            name='host_detail',
            field=models.CharField(blank=True, default='', max_length=300),
        ),
        migrations.AddField(
            model_name='brand',
            name='host_finding',
            field=models.CharField(blank=True, choices=[('reached', 'Reached'), ('no_name', 'No Name'), ('elsewhere', 'Elsewhere'), ('not_asked', 'Not Asked')], default='', max_length=12),
        ),
        migrations.AddField(
            model_name='brand',
            name='host_led_to_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='brand',
            constraint=models.UniqueConstraint(condition=models.Q(('host', ''), _negated=True), fields=('host',), name='a_host_leads_to_one_brand'),
        ),
    ]
