"""The peer: a consumer a window and a group a chat, as the documentation of Django Channels shows it. Runs in its own environment."""
