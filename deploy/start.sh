#!/bin/sh
# What a container runs: "web" (tables brought up to date first) or "worker".
set -eu
case "${1:-web}" in
web)
    jixiao check --deploy
    python -m django migrate --no-input
    exec gunicorn jixiao.web.config.wsgi:application --bind 0.0.0.0:8000 \
        --workers 3 --threads 8 --worker-class gthread --timeout 120
    ;;
worker) exec python -m django jixiao_worker ;;
*) echo "web or worker" >&2; exit 2 ;;
esac
