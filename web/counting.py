"""Requests and steps of searches in, counted for Prometheus, by each process for itself, out.

Import it only where the folder for what several processes count is known: the library looks for
it when it is imported.
"""

from prometheus_client import CollectorRegistry, Counter, Histogram

from indexer import steps
from web.record import Noted, Observer

_LONG = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0)  # seconds
_SHORT = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
_METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"))


def counting() -> Observer:
    """What counts each request that is over; the steps of searches are counted from now on.

    Labels have few values, whatever is asked: endpoints of ours, methods that are known.
    """
    registry = CollectorRegistry()  # nobody asks it: what counts is in the folder
    _count_steps(registry)
    requests = Counter(
        "pilcrow_http_requests",
        "Requests that are over.",
        ("endpoint", "method", "status"),
        registry=registry,
    )
    seconds = Histogram(
        "pilcrow_http_request_duration_seconds",
        "From a request's coming in to the last byte of its answer, waiting included.",
        ("endpoint",),
        registry=registry,
        buckets=_LONG,
    )
    sent = Counter(
        "pilcrow_http_response_body_bytes",
        "Bytes of answers, as they were sent.",
        registry=registry,
    )

    def count(noted: Noted) -> None:
        endpoint = noted.endpoint or "none"
        method = noted.method if noted.method in _METHODS else "other"
        requests.labels(endpoint, method, str(noted.status)).inc()
        seconds.labels(endpoint).observe(noted.seconds)
        sent.inc(noted.sent)

    return count


def _count_steps(registry: CollectorRegistry) -> None:
    took = Histogram(
        "pilcrow_search_step_duration_seconds",
        "How long a step of a search took.",
        ("step",),
        registry=registry,
        buckets=_SHORT,
    )
    steps.listen(lambda name, each: took.labels(name).observe(each))
