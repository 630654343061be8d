"""What the pace bench makes of arrivals."""

from __future__ import annotations

import pytest

from ivr_ari.media.rtp import Sender

from .pace_peers import Stream, drift_ppm, errors_ms, open_wire


@pytest.fixture
def stream() -> Stream:
    wire = open_wire()
    wire.close()
    return Stream(wire, ("127.0.0.1", 9), Sender(1, 0, 0), (b"",))


def test_errors_are_counted_from_the_streams_own_grid(stream: Stream) -> None:
    """A phase is no error, a late packet is, a timestamp that wraps or skips time is none either."""
    late = {3: 7.0}
    places = [0, 1, 2, 3, 4, 9, 10]
    stream.arrived = [
        ((2**32 - 320 + 160 * place) % 2**32, 1234.5 + 20 * place + late.get(place, 0.0)) for place in places
    ]

    assert errors_ms(stream, 8000).round(6).tolist() == [0, 0, 0, 7.0, 0, 0, 0]


def test_wideband_timestamps_count_twice_as_fast(stream: Stream) -> None:
    """The grid is the clock's of the stream."""
    stream.arrived = [(320 * place, 20.0 * place) for place in range(5)]

    assert errors_ms(stream, 16_000).max() == 0


@pytest.mark.parametrize("ppm", [0, 50, -200])
def test_drift_is_the_slope(stream: Stream, ppm: int) -> None:
    """A clock that is slow by so many millionths is found out."""
    stream.arrived = [(160 * place, 20.0 * place * (1 + ppm / 1e6)) for place in range(1000)]

    assert drift_ppm(stream, 8000) == pytest.approx(ppm, abs=0.01)
