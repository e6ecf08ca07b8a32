"""E-mail: from bytes to a message and back."""
