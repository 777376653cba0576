"""`jixiao serve`: the web system on this machine."""

import argparse
import importlib

from jixiao.cli.console import refuse
from jixiao.foundation.errors import ConfigurationError

_PORTS = range(1, 65_536)


def run(options: argparse.Namespace) -> int:
    """Run until stopped; 2 where it cannot start."""
    if options.port not in _PORTS:
        return refuse(f"端口 {options.port} 不对，应在 1 到 65535 之间。")
    try:
        web = importlib.import_module("jixiao.web.serve")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("jixiao"):
            raise
        return refuse("此功能需要安装可选组件：pip install 'jixiao[web]'")
    try:
        return int(web.serve(host=options.host, port=options.port, demo=options.demo))
    except ConfigurationError as error:
        return refuse(str(error))
