"""
What to say -> audio.

In: text as a flow says it. Out: 16-bit mono audio at the telephone's 8 kHz, first piece as soon as
it exists. Amounts, dates and numbers become words first (`spoken`, `normalise`). A text spoken
before comes from the cache. Refuses nothing a flow can say: what no rule reads is spoken as it stands.
"""
