"""English as people type it: which words there are, how common they are, and what was meant by what was typed."""
