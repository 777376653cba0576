"""The tree of exceptions: only faults and wrong use, never what a person wrote wrongly."""


class JixiaoError(Exception):
    """Root of everything this package raises on purpose."""


class StandardsError(JixiaoError):
    """Official data of ours (layout, profile, taxonomy, source list) contradicts itself."""


class RuleDefinitionError(JixiaoError):
    """A rule module does not declare what every rule owes: code, page, basis, cases."""


class ConfigurationError(JixiaoError):
    """A configuration file of the user cannot be followed; collects every mistake."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes

    def __reduce__(self) -> tuple[type, tuple[tuple[str, ...]]]:
        return type(self), (self.mistakes,)


class UnknownCode(JixiaoError):
    """Somebody named a rule, layout, profile or exporter that does not exist."""

    def __init__(self, kind: str, code: str, near: tuple[str, ...] = ()) -> None:
        hint = f"。是否指 {'、'.join(near)}？" if near else ""
        super().__init__(f"没有名为“{code}”的{kind}{hint}")
        self.kind, self.code, self.near = kind, code, near

    def __reduce__(self) -> tuple[type, tuple[str, str, tuple[str, ...]]]:
        return type(self), (self.kind, self.code, self.near)


class MissingExtra(JixiaoError):
    """An optional part is not installed; the message says how to get it."""

    def __init__(self, extra: str) -> None:
        super().__init__(f"此功能需要安装可选组件：pip install 'jixiao[{extra}]'")
        self.extra = extra

    def __reduce__(self) -> tuple[type, tuple[str]]:
        return type(self), (self.extra,)
