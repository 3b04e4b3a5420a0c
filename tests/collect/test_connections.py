"""Addresses of the public internet and all others."""

import socket
import time

import pytest

from analysis.collect.connections import Deadline, GuardedPools, PrivateAddress, is_public


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_addresses(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "240.0.0.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "2001:db8::1",
    ],
)  # fmt: skip
def test_all_other_addresses(address):
    assert not is_public(address)


def test_the_address_that_was_connected_to_is_checked(monkeypatch):
    class Peer:
        closed = False

        def getpeername(self):
            return ("10.0.0.1", 80)

        def close(self):
            Peer.closed = True

    answer = [(2, 1, 6, "", ("93.184.216.34", 80))]
    monkeypatch.setattr("analysis.collect.connections.socket.getaddrinfo", lambda *_, **__: answer)
    monkeypatch.setattr("analysis.collect.connections.create_connection", lambda *_, **__: Peer())
    with pytest.raises(PrivateAddress, match=r"answers from 10\.0\.0\.1"):
        GuardedPools(retries=False).request("GET", "http://innocent.example/")
    assert Peer.closed


def test_a_deadline_shuts_down_what_it_watches():
    one, other = socket.socketpair()
    with one, other, Deadline(0.05) as deadline:
        deadline.watch(one)
        began = time.monotonic()
        assert one.recv(1) == b"" and time.monotonic() - began < 2
        assert deadline.passed
