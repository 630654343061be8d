"""
From meaning to what to do next.

Comes in: a flow as frozen values (`flow`; the `language` package reads it), the call's state (`Talk`) and
one event. Goes out: the next state and the effects of one step (`engine.step`): say, listen, ask the
world, hand over, leave. Refuses: state it did not write (`PeerError`).
Reads no clock, keeps nothing between steps, and never sees the digits behind a `Secret`.
"""
