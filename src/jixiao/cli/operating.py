"""`jixiao check`, `backup`, `restore`, `verify-log`: keeping the web system."""

import argparse
import importlib
from types import ModuleType

from jixiao.cli.console import refuse, say
from jixiao.foundation.errors import ConfigurationError


def run(options: argparse.Namespace) -> int:
    """0 well, 1 something is wrong with the system, 2 could not."""
    try:
        operate = importlib.import_module("jixiao.web.operate")
        with operate.database_answering():
            lines, status = _done(operate, options)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("jixiao"):
            raise
        return refuse("此功能需要安装可选组件：pip install 'jixiao[web]'")
    except ConfigurationError as error:
        return refuse(str(error))
    for line in lines:
        say(line)
    return status


def _done(operate: ModuleType, options: argparse.Namespace) -> tuple[list[str], int]:
    if options.command == "check":
        done = operate.check(deploy=options.deploy)
    elif options.command == "backup":
        done = operate.backup(options.output)
    elif options.command == "restore":
        done = operate.restore(options.file)
    else:
        done = operate.verify_log()
    lines, status = done
    return list(lines), int(status)
