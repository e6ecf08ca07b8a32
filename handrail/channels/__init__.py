"""Channel adapters: how bytes from outside become messages, and messages bytes again.

Tables   Inbox, InboundRaw
Verbs    raw.keep, InboundRaw.take, InboundRaw.quarantine
Records  inbound.kept, inbound.quarantined
Offers   mail/ (parse, threading candidates, authenticity, render, deliver)
Never    knows what a conversation is
"""
