"""OpenDocument packages told apart by their first part, which names the type of the document."""

_MIME_AT = 30


def is_open_document(content: bytes, media_type: str) -> bool:
    """The first entry of such a zip is `mimetype`, stored plain; templates add a word to it."""
    stated = b"mimetype" + media_type.encode()
    return content.startswith(b"PK\x03\x04") and content[_MIME_AT:].startswith(stated)
