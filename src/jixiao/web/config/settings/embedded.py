"""One machine, one folder: what `jixiao serve` runs on when nothing else is said."""

from jixiao.web.config.env import embedded_environment
from jixiao.web.config.settings.base import settings_for

globals().update(settings_for(embedded_environment()))
