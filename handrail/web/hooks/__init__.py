"""Where other machines speak to us: the mail listener; webhooks of other channels later."""
