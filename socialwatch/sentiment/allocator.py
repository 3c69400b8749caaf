"""Memory that a pass is done with goes back to the system: left alone, it stays with the process in small pieces."""

import ctypes
import platform

_LIBRARY = ctypes.CDLL(None) if platform.libc_ver()[0] == "glibc" else None


def give_back() -> None:
    """Free pages go back, where the C library is glibc (malloc_trim(3), Linux man-pages); elsewhere nothing happens."""
    if _LIBRARY is not None:
        _LIBRARY.malloc_trim(0)
