"""
Words in, meaning out.

Comes in: what was heard of a turn, what the dialogue waits for, today's date. Goes out: a `Meaning` with
dialogue acts, requests with the words they came from, and values with their other readings. Nothing is
kept between calls. What fits nothing gives an empty meaning; nothing here guesses to please.
"""
