"""Channel adapters: how bytes from outside become messages, and messages bytes again.

Tables   Inbox, InboundRaw, BlockedSender
Verbs    raw.keep, InboundRaw.take, InboundRaw.quarantine, Inbox.set_up, blocking.block, .unblock
Records  inbound.kept, inbound.quarantined, inbox.changed, sender.blocked, sender.unblocked
Offers   mail/ (keep, receive, candidates, authenticity, addresses, render, deliver, source); own_addresses: what can be
         no customer's; reached: the teams a customer reaches and their hours; `handrail mail`
Never    knows what a conversation is
"""
