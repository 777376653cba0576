"""pdfium is not thread-safe: whoever speaks to it within a process waits for this."""

import threading

ONE_AT_A_TIME = threading.Lock()
