"""Whether the optional part `jixiao[ocr]` is there: asked without importing any of it."""

from importlib.util import find_spec

_PARTS = ("cv2", "onnxruntime", "rapidocr")


def is_installed() -> bool:
    """All parts can be found."""
    return all(find_spec(part) is not None for part in _PARTS)
