"""Omnichannel ticketing: one need, one conversation, whatever windows it has.

Tables   Conversation, Endpoint, Participant, Message, Note, Attachment, Delivery, Outgoing, Tag, Presence, ThreadKey,
         Link, Draft, Follower, Mention, SavedView, Checklist, ChecklistStep, Words, Field, FieldValue, RequestForm, Place,
         TicketTemplate, FirstDraft, Notice, NoticeChoices, CustomStatus, Transcript
Verbs    opening.open_conversation; Conversation.receive, .reply, .note, .assign, .set_status, .hand_over, .tag, .untag,
         .set_priority, .set_type, .retitle, .attach_endpoint, .close_endpoint, .add_participant, .confirm, .give_to, .snooze, .wake,
         .delete_for_now, .restore; outgoing.send; merging.merge; splitting.split; links.link; following.follow;
         drafts.keep, .hold, .take_over; first_drafts.keep, .hold, .discard; redaction.redact, .redact_file; SavedView.make; Delivery.resend;
         checklists.add_checklist, .add_step, .take_off; Checklist.make, .rewrite, .retire; ChecklistStep.tick, .untick, .drop;
         sides.begin, .write, .hear, .settle; Field.make, .rewrite, .archive, .arrange; RequestForm.make, .rewrite;
         values.set_values, .fill, .choose_form; CustomStatus.make, .rewrite, .archive, .restore, .arrange; TicketTemplate.make, .rewrite, .archive; notices/: tell_staff, read_notices,
         NoticeChoices.choose; understanding.answer
Offers   wording.worded: what a colleague typed, as words and as HTML;
         expect.expect: when a person can be expected, said in every place in the same way;
         known.known_issues: open problems that one looks like a case of; search.similar_solved: what was likely the same;
         unanswered.unanswered: what the customer said since our last reply;
         still_waiting: what waited in a merged conversation waits on in the one that goes on;
         originals.original: the mail behind a message; forwarding.forwarded; sides: what is asked outside about a ticket,
         which `visible_to` gives to nobody and `open_to` to whoever may see the ticket;
         beginning_brand.brand_for: of which brand a conversation is that a colleague begins;
         guests.may_be_guest and .send_request_link: one conversation for who proved an address; left_addresses.left_by
Records  conversation.*, message.*, note.written, colleague.mentioned, reply.*, draft.taken_over, checklist.*, side.*,
         inbox.test_mail_sent, view.*, delivery.*, field.*, form.*, template.*, status.*, notices.chosen; `handrail events` lists them with who hears each
Decides  who sees a conversation: visible_to; of these, their_own, and shared_with by an organisation's mode (sharing.py)
Never    SLA, rules, wire formats, HTML pages
"""
