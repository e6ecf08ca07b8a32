"""Domains stand in a table of their own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contacts", "0005_domains_fill")]

    operations = [migrations.RemoveField(model_name="organisation", name="domain")]
