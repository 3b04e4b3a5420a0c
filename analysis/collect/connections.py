"""Connections that reach no private address and end in time.

A list of addresses from elsewhere can name machines of the network that collects: a router, a database, the
metadata service of a cloud. A host's name is therefore resolved once, each address is checked, and the connection
is made to the address that was checked, so that a second answer of the name server changes nothing. This is done
for every request, and so after every redirect.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

Allows = Callable[[str], bool]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddress(Exception):
    """A host whose address is not public; the message names both."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    IPv4 addresses within IPv6 addresses (mapped, 6to4, Teredo, NAT64) are checked as such.

    Parameters
    ----------
    address : str
        An IPv4 or IPv6 address.

    Returns
    -------
    bool

    Examples
    --------
    >>> [is_public(address) for address in ("93.184.216.34", "10.0.0.1", "169.254.169.254", "::1")]
    [True, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        within = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            within = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if within is not None:
            return is_public(str(within))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class Deadline:
    """Shuts down the connection that is made within it when the time is up, however slowly the server sends.

    Attributes
    ----------
    passed : bool
        The time was up before the end.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._watched: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._stop)
        self._timer.daemon = True

    def watch(self, connection: socket.socket) -> None:
        """Watch a connection. A copy of the socket is kept, since TLS takes over the first."""
        self._watched.append(connection.dup())

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        for watched in self._watched:
            watched.close()

    def _stop(self) -> None:
        self.passed = True
        for watched in self._watched:
            with suppress(OSError):  # it has ended by itself
                watched.shutdown(socket.SHUT_RDWR)


class _OfThread(threading.local):
    deadline: Deadline | None = None


class GuardedPools(urllib3.PoolManager):
    """A pool manager whose connections go only to addresses that are allowed, and keep to a deadline.

    Parameters
    ----------
    allows : callable
        IP address -> whether a connection to it may be made.
    """

    def __init__(self, allows: Allows = is_public, **settings: Any) -> None:
        super().__init__(**settings)
        self._of_thread = _OfThread()
        self.pool_classes_by_scheme = {
            "http": _pool_class(HTTPConnectionPool, HTTPConnection, allows, self._of_thread),
            "https": _pool_class(HTTPSConnectionPool, HTTPSConnection, allows, self._of_thread),
        }

    @contextmanager
    def deadline(self, seconds: float) -> Iterator[Deadline]:
        """Shut down the connection that this thread makes when the time is up."""
        with Deadline(seconds) as deadline:
            self._of_thread.deadline = deadline
            try:
                yield deadline
            finally:
                self._of_thread.deadline = None


def _pool_class(pool: Any, connection: Any, allows: Allows, of_thread: _OfThread) -> Any:
    class Guarded(connection):
        def _new_conn(self) -> socket.socket:
            made = _connect(self, allows)
            if of_thread.deadline is not None:
                of_thread.deadline.watch(made)
            return made

    return type(f"Guarded{pool.__name__}", (pool,), {"ConnectionCls": Guarded, "_put_conn": _close})


def _close(_: Any, connection: Any) -> None:
    """Close a connection instead of keeping it: each request is checked and watched from its own connection on."""
    if connection is not None:
        connection.close()


def _connect(connection: Any, allows: Allows) -> socket.socket:
    host = connection.host
    try:
        found = socket.getaddrinfo(connection._dns_host, connection.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise NameResolutionError(host, connection, error) from error  # type: ignore[arg-type]
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not allows(address):
            raise PrivateAddress(f"{host} is at {address}, which is not a public address")
    last: OSError | None = None
    for address in addresses:
        try:
            made = create_connection(
                (address, connection.port), connection.timeout, socket_options=connection.socket_options
            )
        except OSError as error:
            last = error
            continue
        peer = str(made.getpeername()[0])
        if not allows(peer):
            made.close()
            raise PrivateAddress(f"{host} answers from {peer}, which is not a public address")
        return made
    raise NewConnectionError(connection, f"no connection to {host}: {last}") from last
