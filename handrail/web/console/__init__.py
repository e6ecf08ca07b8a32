"""The console: what went wrong in the background, and the button that tries again. For administrators.

Holds    jobs given up, mail kept aside, messages that wait to leave
Never    anything a customer's case needs (desk)
"""
