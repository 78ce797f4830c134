"""Kept cells: counts by force and time that are exact at once and cost a page next to nothing (ADR 111).

**To add a figure**, add one `Family` to `reports/cells/families.py` (of the right source) and run
`manage.py rebuild_cells`; read it by `reports.cells.reading.counts`. No migration. Its dimensions stand in
`reports/cells/dimensions.py`: a name, SQL over the source's aliases, and the values with their words. A new
dimension that reads a column nobody watches needs that column in a `Watch` of `reports/cells/sources.py` and
a migration as `reports/migrations/0005_relatives_origins_and_partners.py`.

How it works: triggers on what is counted append `Delta` rows (a key, no amount). `folding.fold()` works out
what each changed record counts in now, takes away what its `Fact` says it counted in before, and adds the
new, in one transaction. `reading` adds what is not yet folded, in one statement with the cells: a figure is
never late. `proving.prove()` compares everything with the records, every night.
"""
