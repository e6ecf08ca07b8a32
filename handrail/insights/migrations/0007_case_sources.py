"""A case may come from a question that was disliked, or asked again in other words."""

from django.db import migrations, models

SOURCES = [
    ("nothing", "Nothing"),
    ("abstained", "Abstained"),
    ("refused", "Refused"),
    ("contacted", "Contacted"),
    ("disliked", "Disliked"),
    ("again", "Again"),
    ("not_mine", "Not My Question"),
    ("reply", "Reply"),
]


class Migration(migrations.Migration):
    dependencies = [("insights", "0006_brand_of_past_journeys")]

    operations = [
        migrations.AlterField("case", "source", models.CharField(max_length=9, choices=SOURCES)),
    ]
