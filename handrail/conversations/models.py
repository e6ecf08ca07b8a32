"""The room's tables, each in the file of its thing."""

from handrail.conversations.checklists import Checklist, ChecklistStep
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import CustomStatus
from handrail.conversations.deliveries import Delivery
from handrail.conversations.drafts import Draft
from handrail.conversations.endpoints import Endpoint, Participant
from handrail.conversations.fields import Field
from handrail.conversations.first_drafts import FirstDraft
from handrail.conversations.following import Follower, Mention
from handrail.conversations.forms import Place, RequestForm
from handrail.conversations.labels import Tag
from handrail.conversations.links import Link
from handrail.conversations.messages import Attachment, Message, Note
from handrail.conversations.notices.choices import NoticeChoices
from handrail.conversations.notices.notice import Notice
from handrail.conversations.outgoing import Outgoing
from handrail.conversations.presence import Presence
from handrail.conversations.read_marks import ReadMark
from handrail.conversations.threads import ThreadKey
from handrail.conversations.ticket_templates import TicketTemplate
from handrail.conversations.transcripts import Transcript
from handrail.conversations.values import FieldValue
from handrail.conversations.views import SavedView
from handrail.conversations.words import Words

__all__ = [
    "Attachment",
    "Checklist",
    "ChecklistStep",
    "Conversation",
    "CustomStatus",
    "Delivery",
    "Draft",
    "Endpoint",
    "Field",
    "FieldValue",
    "FirstDraft",
    "Follower",
    "Link",
    "Mention",
    "Message",
    "Note",
    "Notice",
    "NoticeChoices",
    "Outgoing",
    "Participant",
    "Place",
    "Presence",
    "ReadMark",
    "RequestForm",
    "SavedView",
    "Tag",
    "ThreadKey",
    "TicketTemplate",
    "Transcript",
    "Words",
]
