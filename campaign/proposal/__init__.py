"""From what a reader found to a campaign a person agrees with. Pure: no database, no settings.

rows        what was read, as the coded rows a plan consists of, each with its lines
matching    names as printed, matched to units and classes of units on a day
draft       rows, names and facts while a person works on them
editing     what a person does to a draft: keep, change, drop, merge, split, move
amendment   a draft beside the campaign it amends: added, changed, removed
"""
