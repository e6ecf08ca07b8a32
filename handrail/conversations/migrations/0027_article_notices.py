"""Colleagues can be told of steps of their articles."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0026_notice_of_stopped'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('mentioned', 'A colleague mentions me in a note'), ('assigned', 'A conversation is assigned to me'), ('stopped', 'A reply I set for later is stopped'), ('replied', 'A customer writes in a conversation of mine'), ('aside', 'An answer comes in a side conversation of mine'), ('undelivered', 'A mail of mine did not arrive'), ('team', 'A conversation without an assignee comes to my team'), ('followed', 'Something is written in what I follow, or by a colleague in what is mine'), ('review', 'My review of an article is asked for'), ('changes', 'Changes are asked for in an article of mine'), ('approved', 'An article of mine is approved'), ('check', 'An article of mine should be checked'), ('weekly', 'What there is for me to write and mend, every Monday morning'), ('mailbox', 'A mailbox fails, or a mail came in that could not be read')], max_length=12),
        ),
    ]
