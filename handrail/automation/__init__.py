"""What is done to conversations by a press on many or by a prepared step: changes, macros, runs that can be undone.

Whatever is done here a person could do by the same verb; only `by=` differs, and a refusal is told for each conversation.
"""
