"""From the document of a plan to proposals for a campaign. Pure: no database, no settings.

A file goes through four steps, each on what the one before it made:

    lines       what is written, with its place: `plain`, `word`, `portable`, `scan`
    paragraphs  lines put together again as the writer meant them: `mend`
    outline     paragraphs under their headings, with their codes: `outline`
    meaning     header, bases, duties, tasks, deadlines, …: `plan` and the modules it calls

What a document does not say stays empty; what was repaired or is doubtful becomes a warning.
"""
