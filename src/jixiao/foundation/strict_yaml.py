"""YAML without surprises: every scalar stays the text that was written.

Ordinary loaders read the agency code `055` as 45, `no` as false and `4.50` as 4.5, and keep the
last of two equal keys in silence. Official data cannot bear that. Nothing is guessed here;
`typed.py` turns the text into values where a type asks for it.
"""

import yaml

from jixiao.foundation.errors import StandardsError
from jixiao.foundation.tree import Node, Tree

_PLAIN_TAGS = {
    "tag:yaml.org,2002:str",
    "tag:yaml.org,2002:seq",
    "tag:yaml.org,2002:map",
}


class Document:
    """What a YAML text says, and on which line each entry stands (path → line, from 1)."""

    __slots__ = ("_seen", "lines", "mistakes", "name", "root")

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.mistakes: list[str] = []
        self.lines: dict[str, int] = {}
        self._seen: set[int] = set()
        self._refuse_tabs(text)
        self.root: Node = ""
        if not self.mistakes:
            node = self._compose(text)
            if node is not None:
                self.root = self._walk(node, "")
        if self.mistakes:
            raise StandardsError("\n".join(self.mistakes))

    def _refuse_tabs(self, text: str) -> None:
        for number, line in enumerate(text.splitlines(), start=1):
            if "\t" in line:
                self._mistake(number, "a tab; write blanks, or \\t within double quotes")

    def _compose(self, text: str) -> yaml.Node | None:
        try:
            return yaml.compose(text, Loader=yaml.CBaseLoader)
        except yaml.MarkedYAMLError as fault:
            mark = fault.problem_mark or fault.context_mark
            self._mistake(1 if mark is None else mark.line + 1, fault.problem or "not YAML")
        except yaml.YAMLError as fault:
            self._mistake(1, str(fault).splitlines()[0])
        return None

    def _walk(self, node: yaml.Node, path: str) -> Node:
        # The key's line where there is one: an alias carries the mark of its anchor.
        line = self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen:
            self._mistake(line, "an alias; write the text again")
            return ""
        self._seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            self._mistake(line, f"the tag {node.tag}")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._walk(item, f"{path}[{i}]") for i, item in enumerate(node.value)]
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: str) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._mistake(line, "a key that is no plain text")
                continue
            self._seen.add(id(key_node))
            key = str(key_node.value)
            if key in found:
                self._mistake(line, f"the key “{key}” a second time")
                continue
            below = f"{path}.{key}" if path else key
            self.lines[below] = line
            found[key] = self._walk(value_node, below)
        return found

    def _mistake(self, line: int, what: str) -> None:
        self.mistakes.append(f"{self.name}:{line}: {what}")


def parse(text: str, name: str) -> Tree:
    """The document with its lines; every mistake at once as a StandardsError."""
    document = Document(text, name)
    return Tree(name, document.root, document.lines)


def load(text: str, name: str) -> Node:
    """The document as text, lists and mappings; every mistake at once as a StandardsError."""
    return Document(text, name).root


def load_mapping(text: str, name: str) -> dict[str, Node]:
    """The same for a file that must hold a mapping at the top; an empty file is an empty one."""
    root = load(text, name)
    if root == "":
        return {}
    if not isinstance(root, dict):
        raise StandardsError(f"{name}:1: the file must hold a mapping")
    return root
