"""A production system: nothing has a default, secrets least of all."""

from jixiao.web.config.env import read_environment
from jixiao.web.config.settings.base import settings_for

globals().update(settings_for(read_environment()))
