"""Channel adapters: how bytes from outside become messages, and messages bytes again.

Tables   Inbox, InboundRaw
Verbs    raw.keep, InboundRaw.take, InboundRaw.quarantine
Records  inbound.kept, inbound.quarantined
Offers   mail/ (keep, receive, candidates, authenticity, addresses, render, deliver); own_addresses: what can be
         no customer's; `handrail mail`
Never    knows what a conversation is
"""
