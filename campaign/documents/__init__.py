"""Papers of a campaign, one file per noun: a dataset in, a document or its bytes out."""
