"""Keys pressed -> whole entries, by the limits of the step (RFC 4733 events arrive here as characters)."""

from __future__ import annotations

from .events import Keys

TYPE_AHEAD = 32
"""Keys kept while nothing is asked; a caller who leans on the keypad loses the rest."""


class Keypad:
    """
    Collects one entry at a time.

    Feed it keys and the current limits; it answers with the finished entry or None, and says in
    `wake_at` when an unfinished entry counts as finished (seconds on the caller's clock).
    """

    def __init__(self) -> None:
        self.limits: Keys | None = None
        self.wake_at: float | None = None
        self._pressed = ""
        self._ahead = ""

    @property
    def busy(self) -> bool:
        """True while an entry has begun and is not finished."""
        return bool(self._pressed)

    def expect(self, limits: Keys | None, *, now: float) -> str | None:
        """Take new limits; keys typed ahead may finish an entry at once."""
        self.limits, self._pressed, self.wake_at = limits, "", None
        ahead, self._ahead = self._ahead, ""
        for position, key in enumerate(ahead):
            entry = self.press(key, now=now)
            if entry is not None:
                self._ahead = ahead[position + 1 :]
                return entry
        return None

    def hold(self) -> None:
        """Nothing is asked for now: what is pressed waits for the next question."""
        self.limits, self.wake_at = None, None
        self._ahead, self._pressed = (self._ahead + self._pressed)[:TYPE_AHEAD], ""

    def drop(self) -> None:
        """Forget an unfinished entry and everything typed ahead: the caller went on by voice."""
        self._pressed, self._ahead, self.wake_at = "", "", None

    def press(self, key: str, *, now: float) -> str | None:
        """
        Take one key; return the entry it finishes.

        A terminator finishes, even an empty entry (""); a clear key begins again; the longest entry
        finishes by itself.
        """
        if self.limits is None:
            self._ahead = (self._ahead + key)[:TYPE_AHEAD]
            return None
        if key == self.limits.terminator:
            return self._finish()
        if key == self.limits.clear and self.limits.most > 1:
            self._pressed = ""
            self.wake_at = now + self.limits.first_ms / 1000
            return None
        self._pressed += key
        if len(self._pressed) >= self.limits.most:
            return self._finish()
        self.wake_at = now + self.limits.between_ms / 1000
        return None

    def wake(self) -> str | None:
        """The time between keys is over: what there is, is the entry."""
        self.wake_at = None
        return self._finish() if self._pressed else None

    def _finish(self) -> str:
        entry, self._pressed, self.wake_at = self._pressed, "", None
        return entry
