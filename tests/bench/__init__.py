"""How fast and how large: the command and the repair beside their peers. `make bench` prints one table.

Every row stands beside a peer that was measured in the same run, for no figure means much on another machine, or on this one at another time. Times are
those of the processor, user and system, but for what says otherwise; memory is the most that was resident.
"""
