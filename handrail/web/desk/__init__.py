"""The agents' desk: lists of conversations, one conversation with everything known about it, and the reply.

Holds    views and what each of their screens gathers; pages are in templates/desk, style in static/desk,
         scripts in frontend/desk
Never    a rule about conversations (conversations), or a query another screen needs
"""
