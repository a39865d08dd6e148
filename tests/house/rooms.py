"""A contract for import-linter: what the rooms of a floor (models, rules, public …) may import directly.

A pattern is a module's name with `*` for any part of it, or `re:` and a regular expression. It holds for the module
and all below it, so that a room may be a file or a folder. `stdlib` stands for the standard library.
"""

import re
import sys
from fnmatch import translate

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


def matches(module: str, pattern: str) -> bool:
    if pattern == "stdlib":
        return module.split(".")[0] in sys.stdlib_module_names
    if pattern == "*":
        return True
    expression = pattern.removeprefix("re:") if pattern.startswith("re:") else translate(pattern)
    parts = module.split(".")
    return any(re.fullmatch(expression, ".".join(parts[:end])) for end in range(1, len(parts) + 1))


def room_of(module: str, patterns: set[str]) -> bool:
    return any(matches(module, pattern) for pattern in patterns)


class RoomContract(Contract):
    type_name = "room"

    rooms = fields.SetField(subfield=fields.StringField())
    except_rooms = fields.SetField(subfield=fields.StringField(), required=False)
    may_not_use = fields.SetField(subfield=fields.StringField(), required=False)
    may_use_only = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        broken = [
            f"{importer} -> {imported}"
            for importer in sorted(graph.modules)
            if self.is_checked(importer, graph)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self.is_refused(imported)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def is_checked(self, module: str, graph: ImportGraph) -> bool:
        return (
            not graph.is_module_squashed(module)
            and ".migrations" not in module
            and room_of(module, self.rooms)
            and not room_of(module, self.except_rooms or set())
        )

    def is_refused(self, module: str) -> bool:
        if self.may_use_only:
            return not room_of(module, self.may_use_only)
        return room_of(module, self.may_not_use)

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            output.print_error(f"- {line}", bold=False)
        output.new_line()
