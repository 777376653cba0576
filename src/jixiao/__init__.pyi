from jixiao.pipeline import Reading as Reading
from jixiao.pipeline import audit as audit
from jixiao.pipeline import read as read

__all__ = ["Reading", "audit", "read"]
