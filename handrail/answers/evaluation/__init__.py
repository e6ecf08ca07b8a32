"""Measuring the engine on labelled questions, through the very path that customers' questions take."""
