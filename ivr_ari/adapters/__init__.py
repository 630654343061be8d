"""
The outside world: one file a peer, with its translation and its errors.

In and out go plain values. No exception of a foreign library leaves this folder: each file turns them
into ours once. Nothing here decides what a call does next.
"""
