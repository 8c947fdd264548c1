"""What the API tells: for each resource a frozen dataclass, and who reads which rows of it.

The dataclasses are the contract of `/api/v1`: the description (OpenAPI) is drawn from them. Rows
come from the same querysets and datasets as the pages (`visible_to`, the ledger's states, the
totals), so the API can say neither more nor anything else.
"""
