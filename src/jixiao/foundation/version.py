"""The version of this package, as findings are stored with it.

Written down here as well, because asking for the metadata of the installed package costs as much
as auditing ten forms; a test compares it with pyproject.toml.
"""

VERSION = "0.1.0"
