"""The ledger: whatever happens is a fact, written in the transaction that made it happen.

Tables   Event (its row is the outbox)
Verbs    record, dispatch, sweep
Offers   subscribe (a job of its own after the commit), project (inside the transaction, for search rows only),
         of_the_past (facts that nobody acts on)
Never    knows a verb of its own accord: rooms name theirs
"""
