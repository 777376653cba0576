"""The entrance for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.config.settings.production")
application = get_wsgi_application()

from jixiao.web.config.warming import warm  # noqa: E402  pages come after apps

warm()
