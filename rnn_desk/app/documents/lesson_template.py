"""What `rnn-desk lesson new` writes: a lesson that can be given as it is, and changed."""

TEMPLATE = '''\
title = "My lesson"
model = "lstm"          # what stands here holds for every step that says nothing else
digit = "4 closed"      # a reference digit, or a drawing as a file of drawings has it

[[step]]
words = """
The network reads this digit from the top down, one row of pixels at a time.
"""
play = true             # rows, units, views, the lab: docs/files.md says what can stand here

[[step]]
words = """
What it remembers of the rows above is in these cells: one column a unit.
"""
row = 14                # counted from 1, or by a rule: "settled", "inked" ...
unit = "1:keeper"       # layer 1, the unit that keeps its memory longest
shows = ["c", "h"]

[[step]]
words = "Without the lower half, it has to guess."
lab = { covered = [15, 28] }
'''
