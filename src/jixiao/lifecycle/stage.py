"""A stage of the journey: its states, and the actions that lead from one to another."""

from msgspec import Struct

from jixiao.lifecycle.roles import RoleCode


class State(Struct, frozen=True, kw_only=True):
    """Where a filing can stand. `turn` are the roles whose turn it is.

    In a state with `editable` these roles may also change the form. `frozen` says that the
    revision of this state is never written again.
    """

    code: str
    label: str
    turn: frozenset[RoleCode] = frozenset()
    editable: bool = False
    frozen: bool = False
    final: bool = False


class Action(Struct, frozen=True, kw_only=True):
    """One step somebody takes. `guards` are names of conditions in `machine.GUARDS`."""

    code: str
    label: str
    source: str
    target: str
    roles: frozenset[RoleCode]
    guards: tuple[str, ...] = ()
    needs_opinion: bool = False
    event: str = ""


class Stage(Struct, frozen=True, kw_only=True):
    """A stage as a whole. `kind` is the kind of form handed in."""

    code: str
    label: str
    kind: str
    initial: str
    states: tuple[State, ...]
    actions: tuple[Action, ...]

    def state(self, code: str) -> State:
        """The state of this code; a KeyError names a fault of ours."""
        for state in self.states:
            if state.code == code:
                return state
        raise KeyError(code)

    def actions_from(self, state: str) -> tuple[Action, ...]:
        """What can be done in a state, by anybody."""
        return tuple(action for action in self.actions if action.source == state)
