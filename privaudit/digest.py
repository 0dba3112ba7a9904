"""SHA-256 without `hashlib`, which loads the whole of OpenSSL: half of what a start of Python takes."""

from privaudit.record import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:
        from _sha2 import sha256
    except ImportError:
        try:
            # Python 3.11 has it by this name, others may have neither.
            from _sha256 import sha256
        except ImportError:
            from hashlib import sha256

__all__ = ["sha256"]
