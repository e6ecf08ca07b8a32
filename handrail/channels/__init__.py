"""Channel adapters: how bytes from outside become messages, and messages bytes again.

Tables   Inbox, InboxAlias, Sending and Fetching (a mailbox's own servers), Grant (OAuth 2.0), Health, InboundRaw, BlockedSender,
         PushSubscription
Verbs    raw.keep, InboundRaw.take, InboundRaw.quarantine, Inbox.open_mailbox, .set_up, .go_by, .pause, .resume,
         Server.drafted, .keep, .drop, health.well, .failed, outages.tell, blocking.block, .unblock;
         push/: subscribe_browser, forget_browser
Records  inbound.kept, inbound.quarantined, inbox.opened, .changed, .paused, .resumed, .failing, .recovered, .outage_told, sender.blocked, sender.unblocked, push.allowed, .ended
Offers   mail/ (fetch, fetchers: IMAP; keep, receive, candidates, authenticity, addresses, render, deliver, carrying, source); own_addresses: what can be
         no customer's; reached: the teams a customer reaches and their hours; push/ (keys, wire): one message to a colleague's browser; `handrail mail`
Never    knows what a conversation is
"""
