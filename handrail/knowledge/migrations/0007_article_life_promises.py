from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0006_article_life_fill")]

    operations = [
        migrations.AddConstraint(
            model_name="translation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "scheduled"), _negated=True),
                    ("publish_at__isnull", False),
                    _connector="OR",
                ),
                name="what_is_scheduled_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="translation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("draft__isnull", True), models.Q(("stage", ""), _negated=True), _connector="OR"
                ),
                name="a_draft_has_a_stage",
            ),
        ),
    ]
