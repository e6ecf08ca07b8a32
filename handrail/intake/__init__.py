"""Inbound pipeline: from a channel's message to an answer or a person.

Tables   Acknowledgement, AcknowledgementText, Suggestion
Verbs    receive.take_in, chat.say, chat.ask_for_person, form.send, escalate.escalate, by_link.ask_for_person, suggesting.suggest,
         AcknowledgementText.keep, turning.turn_into_ticket, .turn_into_chat
Records  conversation.person_asked_for, conversation.not_acknowledged, form.suggested, acknowledgement.worded; its other verbs are conversations' and answers'
Offers   routing.mail_inbox: the one address a need is answered from; pleasantries: what is no question;
         suggesting.offered: the request forms, those first that a product or topic suggests;
         why.why: what was decided about a mail, in words (decided.py keeps the codes)
Hears    inbound.kept, message.received
Watches  watching: an assistant that owes an answer for ten seconds gives the chat to people
Waits    enclosures: a mail's files are added once the virus scanner that was away has seen them
         answering: a mail that is sure to ask what an article answers gets that article's template, and waits for the customer
Answers  agent_reply: what colleagues write back to a notification, by the desk's own verbs or not at all
Knows    follow_up.meant: a chat question that leans on the one before (leaning.py) is read together with it, and quoted for by
         its own words; one that may lean is offered both readings;
         second_try.failed: what did not help is not offered again; another of its product is, and a person, who has it the second time;
         talked_of.talked_of: one that names no thing is of the product the chat was about
Never    parses (channels) or decides what is stored how (conversations)
"""
