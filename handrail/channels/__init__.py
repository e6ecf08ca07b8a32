"""Channel adapters: how bytes from outside become messages, and messages bytes again.

Tables   Inbox, InboundRaw, BlockedSender, PushSubscription
Verbs    raw.keep, InboundRaw.take, InboundRaw.quarantine, Inbox.set_up, blocking.block, .unblock;
         push/: subscribe_browser, forget_browser
Records  inbound.kept, inbound.quarantined, inbox.changed, sender.blocked, sender.unblocked, push.allowed, push.ended
Offers   mail/ (keep, receive, candidates, authenticity, addresses, render, deliver, source); own_addresses: what can be
         no customer's; push/ (keys, wire): one message to a colleague's browser; `handrail mail`
Never    knows what a conversation is
"""
