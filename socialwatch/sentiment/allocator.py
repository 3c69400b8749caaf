"""Memory that a pass is done with goes back to the system: glibc by itself keeps it for the rest of the process."""

import ctypes
import platform

# The names and numbers of malloc.h; a block of this size or more is mapped by itself and unmapped when it is freed.
TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
LARGE = 1 << 20


def give_back() -> None:
    """Ask the C library for it, where it is glibc; elsewhere nothing happens (mallopt(3), Linux man-pages).

    Setting the thresholds also stops glibc from raising them by itself, which is how a process that reads posts of many
    lengths grows by hundreds of megabytes.
    """
    if platform.libc_ver()[0] != "glibc":
        return
    library = ctypes.CDLL(None)
    for threshold in (MMAP_THRESHOLD, TRIM_THRESHOLD):
        library.mallopt(threshold, LARGE)
