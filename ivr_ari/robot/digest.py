"""Digest authentication (RFC 7616; MD5 as RFC 2617 has it, because PBXs still ask for nothing else)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ..errors import PeerError

__all__ = ["authorization", "challenge_of"]

HASHES = MappingProxyType({"MD5": "md5", "SHA-256": "sha256"})
FIELD = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')


def challenge_of(lines: Iterable[str]) -> Mapping[str, str]:
    """
    Return the fields of the first challenge we can answer.

    RFC 8760, section 2.4: a server lists its challenges in its order of preference. PeerError
    ``sip.auth`` if none uses a hash we know.
    """
    for line in lines:
        scheme, _, rest = line.strip().partition(" ")
        fields = {name.lower(): quoted or plain for name, quoted, plain in FIELD.findall(rest)}
        if (
            scheme.lower() == "digest"
            and fields.get("algorithm", "MD5").upper() in HASHES
            and "nonce" in fields
        ):
            return fields
    raise PeerError("sip.auth", hint="the PBX offers no digest authentication with MD5 or SHA-256")


def authorization(
    challenge: Mapping[str, str], *, method: str, uri: str, user: str, password: str, cnonce: str
) -> str:
    """Return the value of the Authorization header that answers *challenge* once."""
    algorithm = challenge.get("algorithm", "MD5")
    realm, nonce = challenge.get("realm", ""), challenge["nonce"]

    def digest(text: str) -> str:
        return hashlib.new(HASHES[algorithm.upper()], text.encode(), usedforsecurity=False).hexdigest()

    secret, asked = digest(f"{user}:{realm}:{password}"), digest(f"{method}:{uri}")
    fields = {"username": user, "realm": realm, "nonce": nonce, "uri": uri}
    count = ""
    if "auth" in re.split(r"\s*,\s*", challenge.get("qop", "")):
        # Each nonce is used once, so its count is always one.
        fields["response"] = digest(f"{secret}:{nonce}:00000001:{cnonce}:auth:{asked}")
        fields["cnonce"], count = cnonce, ", nc=00000001, qop=auth"
    else:
        fields["response"] = digest(f"{secret}:{nonce}:{asked}")
    if "opaque" in challenge:
        fields["opaque"] = challenge["opaque"]
    quoted = ", ".join(f'{name}="{value}"' for name, value in fields.items())
    return f"Digest {quoted}, algorithm={algorithm}{count}"
