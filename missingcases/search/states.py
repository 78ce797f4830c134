"""The ways of an export."""

from foundation.accounts.enums import Role
from foundation.states import StateTable, Transition
from missingcases.search.models import ExportStatus

_SYSTEM = frozenset({Role.SYSTEM})

EXPORT = StateTable(
    name="search.Export",
    states=tuple(ExportStatus.values),
    initial=(ExportStatus.WAITING,),
    transitions=(
        Transition(ExportStatus.WAITING, ExportStatus.RUNNING, _SYSTEM, "export.started"),
        Transition(ExportStatus.RUNNING, ExportStatus.DONE, _SYSTEM, "export.finished"),
        *(
            Transition(source, ExportStatus.GONE, _SYSTEM, "export.deleted")
            for source in (ExportStatus.WAITING, ExportStatus.RUNNING, ExportStatus.DONE)
        ),
    ),
)
