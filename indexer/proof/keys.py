"""Keys that sign and check what was signed (Ed25519): the one file that knows their library."""

import os
from pathlib import Path

from indexer.errors import BadSetting, Taken


class Signer:
    """Signs with the private key in a file (PEM, PKCS #8). Raises `BadSetting`."""

    def __init__(self, file: Path) -> None:
        need()
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PrivateKey,
        )
        from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

        from_file = f"the signing key {file} cannot be used"
        try:
            key = load_pem_private_key(file.read_bytes(), None)
        except OSError as error:
            raise BadSetting(f"{from_file}: {error.strerror}") from error
        except (ValueError, TypeError) as error:
            raise BadSetting(f"{from_file}: it is no private key in PEM, or encrypted") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise BadSetting(f"{from_file}: it is no Ed25519 key; `pilcrow key FILE` makes one")
        self._key = key

    @property
    def public(self) -> str:
        """The public key, in 64 hexadecimal digits."""
        return str(self._key.public_key().public_bytes_raw().hex())

    def sign(self, what: bytes) -> str:
        """The signature, in 128 hexadecimal digits."""
        return str(self._key.sign(what).hex())


def signer(file: str) -> Signer | None:
    """What signs with the key in `file`; None where no file is set. Raises `BadSetting`."""
    return Signer(Path(file)) if file else None


def need() -> None:
    """Raises `BadSetting` where the library is not installed."""
    try:
        import cryptography  # noqa: F401, PLC0415 - its library is an extra
    except ModuleNotFoundError as error:
        said = "signatures need a library that is missing: pip install 'pilcrow[proof]'"
        raise BadSetting(said) from error


def make(file: Path) -> str:
    """Writes a new private key to `file`, for its owner alone; answers with the public one.

    Raises `Taken` where there is a file, `BadSetting` where none can be made.
    """
    need()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PrivateKey,
    )
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(pem)
    except FileExistsError as error:
        raise Taken(f"{file} is there already; a key is never overwritten") from error
    except OSError as error:
        raise BadSetting(f"the key cannot be written to {file}: {error.strerror}") from error
    return str(key.public_key().public_bytes_raw().hex())


def is_signed(public: str, signature: str, what: bytes) -> bool:
    """Whether the owner of the key `public` signed `what`. Raises `BadSetting`."""
    need()
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PublicKey,
    )

    try:
        known = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        known.verify(bytes.fromhex(signature), what)
    except (InvalidSignature, ValueError):
        return False
    return True
