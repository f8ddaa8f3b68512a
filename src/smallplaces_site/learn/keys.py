"""The key that signs certificates: made once, kept in the home folder, readable by its owner alone.

RSA with 3072 bits, because Open Badges 3.0 asks every issuer and verifier for RS256 at the least. Whoever loses the
file can sign no more certificates as this issuer, and those given before cannot be checked by their signature: it
belongs in the backup of the home folder.
"""

from __future__ import annotations

import hashlib
import json
import os
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from django.conf import settings
from jwt.algorithms import RSAAlgorithm

NAME: Final = "certificate-key.pem"
_BITS: Final = 3072


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The private key, its public half, and ``kid``, the name of both: the JWK thumbprint of RFC 7638."""

    private: RSAPrivateKey
    kid: str

    @property
    def public(self) -> RSAPublicKey:
        """What checks a signature."""
        return self.private.public_key()

    @property
    def jwk(self) -> dict[str, Any]:
        """The public key as it is published."""
        return {**_jwk(self.public), "kid": self.kid, "use": "sig", "alg": "RS256"}


def signing_key() -> SigningKey:
    """The key of this installation, made at the first call."""
    path = Path(settings.HOME) / NAME
    make_key()
    return _read(path, path.stat().st_mtime_ns)


def make_key() -> bool:
    """Make the key unless there is one; whether it was made. Two starts at once end with one key."""
    path = Path(settings.HOME) / NAME
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{NAME}-{os.getpid()}")
    pem = generate_private_key(public_exponent=65537, key_size=_BITS).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(pem)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> SigningKey:
    private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(private, RSAPrivateKey)  # noqa: S101  # we made it
    parts = {name: value for name, value in _jwk(private.public_key()).items() if name in ("e", "kty", "n")}
    canonical = json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()
    digest = hashlib.sha256(canonical).digest()
    return SigningKey(private, urlsafe_b64encode(digest).decode().rstrip("="))


def _jwk(public: RSAPublicKey) -> dict[str, Any]:
    return {name: value for name, value in RSAAlgorithm.to_jwk(public, as_dict=True).items() if name != "key_ops"}
