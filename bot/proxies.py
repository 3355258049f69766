"""Who is at the other end, when proxies stand between: believed only of proxies that the deployment trusts. For the chat and for the desk."""
from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import List, Mapping, Optional, Sequence, Tuple, Union

TRUSTED = "FRONTDOOR_TRUSTED_PROXIES"
_Address = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]
_Network = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]


@dataclass(frozen=True)
class Proxies:
    """The proxies whose ``X-Forwarded-For`` is believed. None by default: anybody can write that header."""

    networks: Tuple[_Network, ...] = ()

    @classmethod
    def from_env(cls, env: Mapping[str, str], problems: List[str]) -> "Proxies":
        """From FRONTDOOR_TRUSTED_PROXIES, addresses or networks with commas between. What is wrong is added to ``problems``."""
        found: List[_Network] = []
        for written in (part.strip() for part in env.get(TRUSTED, "").split(",")):
            try:
                found += [ipaddress.ip_network(written)] if written else []
            except ValueError:
                problems.append(f"{TRUSTED} must be addresses or networks with commas between, such as 10.0.0.5, 192.168.4.0/24")
        if any(network.prefixlen == 0 for network in found):
            problems.append(f"{TRUSTED} may not trust everybody: anybody could then write any address; name the proxies")
        return cls(tuple(found))

    def caller(self, peer: str, forwarded: Sequence[str]) -> str:
        """The address of whoever asks. ``peer``: who is connected to us; ``forwarded``: the values of X-Forwarded-For, in their order.

        Read from the right, as each proxy adds whom it heard from: the first address that is no trusted proxy counts. What
        stands left of it, or is no address, may be made up and is not looked at.
        """
        here = _address(peer)
        for hop in reversed([hop for value in forwarded for hop in value.split(",")]):
            if here is None or not self._trusts(here):
                break
            before = _address(hop)
            if before is None:
                break
            here = before
        return str(here) if here is not None else peer

    def _trusts(self, address: _Address) -> bool:
        return any(address in network for network in self.networks)


def _address(written: str) -> Optional[_Address]:
    """An address as proxies write it: plain, with a port, or IPv6 in brackets."""
    written = written.strip()
    if written.startswith("["):
        written = written[1:].partition("]")[0]
    elif written.count(":") == 1:
        written = written.partition(":")[0]
    try:
        found = ipaddress.ip_address(written)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
