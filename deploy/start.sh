#!/bin/sh
# What a container runs: "web" (tables brought up to date first) or "worker".
set -eu
case "${1:-web}" in
web)
    jixiao check --deploy
    python -m django migrate --no-input
    exec gunicorn jixiao.web.config.wsgi:application --bind 0.0.0.0:8000 \
        --workers 3 --threads 8 --worker-class jixiao.web.answering.Worker --keep-alive 65 \
        --timeout 120 --graceful-timeout 60 --no-control-socket
    ;;
worker) exec python -m django jixiao_worker ;;
*) echo "web or worker" >&2; exit 2 ;;
esac
