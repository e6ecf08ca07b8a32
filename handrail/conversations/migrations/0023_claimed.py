"""A conversation opened by mail that nobody vouched for stands among the requester's once they confirm it."""

from django.db import migrations, models

# Those of before that nothing of the requester's own showed to be theirs, and that no colleague began.
MARK_CLAIMED = """
UPDATE conversations_conversation SET is_claimed = true
WHERE channel = 'mail' AND submitter_kind <> 'staff' AND side_of_id IS NULL
AND EXISTS (
    SELECT 1 FROM conversations_message first
    WHERE first.conversation_id = conversations_conversation.number AND first.seq = 1
    AND first.direction = 'in' AND NOT first.is_verified AND first.from_address <> ''
)
AND NOT EXISTS (
    SELECT 1 FROM conversations_message own
    WHERE own.conversation_id = conversations_conversation.number AND own.direction = 'in'
    AND own.is_verified AND NOT own.is_automatic AND own.author_id = conversations_conversation.requester_id
)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0022_last_message_is_verified'),
    ]

    # In SQL, because a column that may not be empty is added by SQLite itself without a rebuild, and by Django with one.
    operations = [
        migrations.RunSQL(
            'ALTER TABLE conversations_conversation ADD COLUMN is_claimed bool NOT NULL DEFAULT false',
            'ALTER TABLE conversations_conversation DROP COLUMN is_claimed',
            state_operations=[
                migrations.AddField(
                    model_name='conversation',
                    name='is_claimed',
                    field=models.BooleanField(db_default=False, default=False),
                ),
            ],
        ),
        migrations.RunSQL(MARK_CLAIMED, migrations.RunSQL.noop),
    ]
