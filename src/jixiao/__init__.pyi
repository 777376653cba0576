from jixiao.pipeline import audit as audit
from jixiao.pipeline import convert as convert
from jixiao.pipeline import patch as patch
from jixiao.pipeline import read as read

__all__ = ["audit", "convert", "patch", "read"]
