"""Web push from our own server: keys, subscriptions of browsers, and one message over the wire (RFC 8030, 8291, 8292).

Nothing but the browser's own push service, which the browser chose, stands between; it sees no word of what is sent.
"""
