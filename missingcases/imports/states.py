"""The ways of an import."""

from foundation.accounts.enums import Role
from foundation.states import StateTable, Transition
from missingcases.imports.models import BatchStatus

_SYSTEM = frozenset({Role.SYSTEM})

BATCH = StateTable(
    name="imports.ImportBatch",
    states=tuple(BatchStatus.values),
    initial=(BatchStatus.WAITING,),
    transitions=(
        Transition(BatchStatus.WAITING, BatchStatus.RUNNING, _SYSTEM, "import.started"),
        Transition(BatchStatus.WAITING, BatchStatus.FAILED, _SYSTEM, "import.failed"),
        Transition(BatchStatus.RUNNING, BatchStatus.DONE, _SYSTEM, "import.finished"),
        Transition(BatchStatus.RUNNING, BatchStatus.FAILED, _SYSTEM, "import.failed"),
    ),
)
