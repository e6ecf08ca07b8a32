"""Text to terms: words (Korean morphemes, English stems), space-free character pairs, and letters."""
