"""
From meaning to what to do next.

Comes in: a flow (a YAML file turned into frozen values, `load`), the call's state (`Talk`) and one event.
Goes out: the next state and the effects of one step (`engine.step`): say, listen, perform, hand over, leave.
Refuses: a flow with mistakes (`FlowError` with all of them), state it did not write (`PeerError`).
Reads no clock, keeps nothing between steps, and never sees the digits behind a `Secret`.
"""
