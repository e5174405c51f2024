"""Bodies of requests: whole, cut short, or dripping in."""

import io
import json

import pytest
from flask.testing import FlaskClient
from werkzeug.exceptions import ClientDisconnected, RequestTimeout

from indexer.config import Settings, load_settings
from indexer.errors import BadSetting
from indexer.library import Library
from web import bodies
from web.admission import gate_before
from web.app import create_app
from web.bodies import spooled, timed
from web.places import Places
from web.reach import Reach


def test_a_body_is_what_was_sent() -> None:
    sent = bytes(range(256)) * 1_000
    assert timed(io.BytesIO(sent), str(len(sent))).read() == sent
    assert timed(io.BytesIO(sent), None).read(1_000) == sent[:1_000]


def test_less_than_was_announced_is_no_body() -> None:
    with pytest.raises(ClientDisconnected):
        timed(io.BytesIO(b"token=a"), "100").read()


def test_a_body_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "GRACE", 0.0)
    monkeypatch.setattr(bodies, "RATE", 10**9)
    with pytest.raises(RequestTimeout, match="too slowly"):
        timed(io.BytesIO(b"a" * 1_000), "1000").read()


def test_of_a_body_that_is_too_long_one_byte_more_is_held() -> None:
    for sent, held in ((b"abcdef", b"abcd"), (b"abc", b"abc")):
        with spooled(io.BytesIO(sent), 3) as body:
            assert body.read() == held


def test_places_are_for_many_and_few_for_each() -> None:
    places = Places(most=3, each=2)
    assert [places.take(who) for who in "aaabb"] == [True, True, False, True, False]
    places.leave("a")
    assert places.take("b")
    assert not places.take("c")


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
    ],
)
def test_who_a_client_is(peer: str, forwarded: str, client: str) -> None:
    reach = Reach(Settings(trusted_proxies="127.0.0.1"))
    assert reach.client({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}) == client


def limited(library: Library, rate: str) -> FlaskClient:
    app = create_app(library)
    settings = load_settings({"rate_limit": rate}, {})
    app.wsgi_app = gate_before(app, settings)  # type: ignore[method-assign]
    return app.test_client()


def test_who_asks_too_often_must_wait(library: Library) -> None:
    client = limited(library, "3/hour")
    statuses = [client.get("/api/v1/suggest").status_code for _ in range(3)]
    assert 429 not in statuses
    answer = client.get("/api/v1/suggest")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3_600
    assert "more often" in json.dumps(answer.json)
    page = client.get("/help")
    assert (page.status_code, "Too many requests" in page.text) == (429, True)
    assert client.get("/healthz").status_code == 200
    other = client.get("/help", environ_overrides={"REMOTE_ADDR": "192.0.2.1"})
    assert other.status_code == 200


@pytest.mark.parametrize("rate", ["often", "0/minute", "3/fortnight", "-1/hour"])
def test_a_rate_that_is_none_is_refused(rate: str) -> None:
    with pytest.raises(BadSetting, match="rate_limit"):
        load_settings({"rate_limit": rate}, {})
