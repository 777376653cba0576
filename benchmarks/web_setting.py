"""Settings for the benchmarks of the web: import this before anything of `jixiao.web`.

SQLite in a folder that goes with the process, or the database of `DATABASE_URL`.
"""

import atexit
import os
import shutil
import tempfile

import django

FOLDER = tempfile.mkdtemp(prefix="jixiao-bench-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["JIXIAO_DATA"] = FOLDER
os.environ["DJANGO_SETTINGS_MODULE"] = "jixiao.web.config.settings.embedded"
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER}/bench.sqlite3")
django.setup()
