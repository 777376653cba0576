"""`jixiao check`, `backup`, `restore`, `verify-log`: keeping the web system."""

import argparse
import importlib

from jixiao.cli.console import refuse, say
from jixiao.foundation.errors import ConfigurationError


def run(options: argparse.Namespace) -> int:
    """0 well, 1 something is wrong with the system, 2 could not."""
    try:
        operate = importlib.import_module("jixiao.web.operate")
        if options.command == "check":
            lines, status = operate.check(deploy=options.deploy)
        elif options.command == "backup":
            lines, status = operate.backup(options.output)
        elif options.command == "restore":
            lines, status = operate.restore(options.file)
        else:
            lines, status = operate.verify_log()
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("jixiao"):
            raise
        return refuse("此功能需要安装可选组件：pip install 'jixiao[web]'")
    except ConfigurationError as error:
        return refuse(str(error))
    for line in lines:
        say(line)
    return int(status)
