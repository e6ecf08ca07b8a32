"""The console: where authors keep the knowledge, and administrators see what went wrong in the background.

Holds    articles with their writing form and panels (panels.py: one a file); jobs given up, mail kept aside, messages
         that wait to leave. places.py names every place with who may go there.
Never    anything a customer's case needs (desk)
"""
