"""Synthetic districts for benchmarks: lifelike proportions, a fixed seed, flat memory.

`people` draws the people of one district without Django; `rows` stores one district in bulk; `generate` goes
through them one after the other, so that a thousand districts need no more memory than one.
"""
