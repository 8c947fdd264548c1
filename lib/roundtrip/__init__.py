"""A table that leaves the portal as a workbook, is filled in elsewhere, and comes back.

Out: only the cells to fill in can be changed; every line carries a hidden key, and a hidden page
says, signed, whose table it is and in which state it left. In: first the identity is compared
with the table that is asked for, then every cell with the one that left. What the cells mean
the caller knows; here they are text as somebody would type it.
"""
