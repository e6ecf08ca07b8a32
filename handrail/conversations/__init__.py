"""Omnichannel ticketing: one need, one conversation, whatever windows it has.

Tables   Conversation, Endpoint, Participant, Message, Note, Attachment, Delivery, Tag, Presence,
         ThreadKey, Link
Verbs    opening.open_conversation, Conversation.receive, .reply, .note, .assign, .set_status, .hand_over,
         .tag, .untag, .set_priority, .attach_endpoint, .add_participant, .retitle; merging.merge; links.link, splitting.split;
         redaction.redact, .redact_file; Conversation.delete_for_now, .restore; Delivery.resend
Records  conversation.opened, message.received, message.sent, note.written, conversation.assigned,
         conversation.status_changed, conversation.handed_over, conversation.tagged, conversation.untagged,
         conversation.priority_changed, conversation.endpoint_attached, conversation.participant_added,
         conversation.merged, conversation.retitled, conversation.linked, conversation.split,
         conversation.type_changed, conversation.redacted, conversation.deleted, conversation.restored, conversation.purged, delivery.sent, delivery.failed, delivery.bounced
Never    SLA, rules, wire formats, HTML pages
"""
