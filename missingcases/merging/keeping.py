"""What this app keeps about people: how it follows a merge, answers them, and ends."""

from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access

_STAYS = "Tells of the two records it names, whatever becomes of them."
_KEYS = (
    ("merging.PersonMerge", "kept"),
    ("merging.PersonMerge", "gone"),
    ("merging.NotTheSame", "low"),
    ("merging.NotTheSame", "high"),
)
MERGE = tuple(Merge(model, key, _STAYS) for model, key in _KEYS)
SUBJECT_ACCESS = subject_access(
    (
        Holding(
            "merging.PersonMerge",
            "kept",
            "Records made one",
            "merged_at",
            ("reference", "reason", "undone_at"),
            "organisation",
        ),
        Holding(
            "merging.NotTheSame", "low", "Told apart from another", "decided_at", (), "low__organisation"
        ),
    )
)
RETENTION = tuple(Retention(model, key, "Kept as long as the records it names.") for model, key in _KEYS)
