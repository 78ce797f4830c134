"""Transition tables as data, and the only writers of a status.

`move` locks the table's root row, then the row, checks, updates and audits, in one transaction;
`move_held` does so for a row that its caller's transaction has locked already.
`move_many` is one conditional UPDATE for a batch, with one audit entry; `move_each` is one for rows that
each go to a state of their own.
"""

from foundation.states.each import Moving, move_each
from foundation.states.many import move_many, require_ways
from foundation.states.moving import move, move_held
from foundation.states.tables import REGISTRY, Guard, IllegalMove, StateTable, Transition, wrong_role

__all__ = [
    "REGISTRY",
    "Guard",
    "IllegalMove",
    "Moving",
    "StateTable",
    "Transition",
    "move",
    "move_each",
    "move_held",
    "move_many",
    "require_ways",
    "wrong_role",
]
