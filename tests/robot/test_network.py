"""A network that is bad on purpose."""

import pytest

from ivr_ari.robot.network import BadNetwork


class TestBadNetwork:
    def test_it_is_bad_in_the_same_way_each_time(self) -> None:
        """
        A failing test fails again.
        """
        once, again = BadNetwork(0.1, 40, seed=3), BadNetwork(0.1, 40, seed=3)

        assert [once.delay_ms() for _ in range(100)] == [again.delay_ms() for _ in range(100)]

    def test_packets_are_lost_and_delayed_as_told(self) -> None:
        """
        Their share and their longest delay.
        """
        network = BadNetwork(loss=0.1, jitter_ms=40)

        delays = [network.delay_ms() for _ in range(5000)]

        came = [delay for delay in delays if delay is not None]
        assert network.lost == delays.count(None)
        assert network.lost / 5000 == pytest.approx(0.1, abs=0.02)
        assert 0 <= min(came) < 1
        assert 39 < max(came) <= 40
