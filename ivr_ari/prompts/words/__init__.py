"""
Written text and values as words, before any voice.

In: what a flow says and a backend answers ("$42.19", "due 1/3"), and a language. Out: words and the marks
that make pauses. `normalise` reads texts, `spoken` values of a kind; a language's rules and words are in a
folder of its own, what is of the same kind in a module of the same name.
"""
