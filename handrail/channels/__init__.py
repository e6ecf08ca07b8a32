"""Channel adapters: how bytes from outside become messages, and messages bytes again.

Tables   Inbox, InboxAlias, MailTemplate, Sending and Fetching (a mailbox's own servers), Grant (OAuth 2.0), SigningKey (DKIM), Health,
         InboundRaw, BlockedSender
Verbs    brands.open_brand, MailTemplate.draw, .use, .give_up, raw.keep, InboundRaw.taken, .quarantine, .release, .delete_for_now, .bring_back, forgetting.forget_deleted, Inbox.open_mailbox, .set_up, .go_by, .pause, .resume,
         Server.drafted, .keep, .drop, Grant.give, .withdraw, SigningKey.make, .stands, health.well, .failed,
         outages.tell, .mail, blocking.block, .unblock
Records  inbound.kept, inbound.quarantined, inbound.deleted, inbound.restored, inbound.forgotten, inbox.opened, .changed, .paused, .resumed, .failing, .recovered,
         .outage_told, .outage_mailed, mail_template.drawn, .used, .given_up, signing.key_made, .begun, .ended, sender.blocked, sender.unblocked
Offers   mail/ (fetch and fetchers: IMAP; advice: SPF, DKIM and DMARC in words; keep, receive, candidates, authenticity,
         addresses, render and framing: a mail and a brand's own frame around it, deliver, carrying, source); sign_in_mail, password_mail and welcome_mail: links;
         brands: one more brand with its place for chats; own_addresses: what can be no customer's; reached: the teams a
         customer reaches and their hours; mail/kept_aside: a quarantined mail's words as text; `handrail mail`
Pushes   push/ (keys, wire): one message to a colleague's browser (table PushSubscription; subscribe_browser,
         forget_browser; push.allowed, .ended)
Never    knows what a conversation is
"""
