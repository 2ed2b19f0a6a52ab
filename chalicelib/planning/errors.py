"""What planning refuses."""

from chalicelib.kit.errors import BadRequest, Conflict


class MetricsRunning(Conflict):
    """Somebody else's recalculation is not done yet."""

    message = "The metrics are being recalculated already. Wait for that run to end."


class ThresholdsOutOfOrder(BadRequest):
    """The thresholds contradict each other."""

    message = "The thresholds must rise: 0 or more days for critical, then warning, then ok, at most 365."
