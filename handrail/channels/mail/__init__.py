"""Mail: from raw bytes to what was understood, and from a reply to bytes on the wire.

Reads    receive (in a limited child), authenticity, bounces, automatic, candidates; replies: what is new in a mail, which
         includes what it forwards (of a first mail also what only stands below another's head: first_words)
Writes   render (one builder), deliver (SMTP), addresses (signed reply and bounce addresses)
Never    decides whose conversation it is (intake) or trusts what a header claims about itself
"""
