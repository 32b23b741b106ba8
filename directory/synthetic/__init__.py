"""
Invented people for demos, tests and benchmarks, as departments would deliver them.

Pure Python, no Django. `generate` writes a directory of feeds; `CAST` are the five
people who are in all of them.
"""

from directory.synthetic.cast import CAST, CastMember
from directory.synthetic.generate import ImpossibleSize, generate
from directory.synthetic.manifest import Delivery, Manifest, Move, read_manifest
from directory.synthetic.run import DirectoryInUse

__all__ = [
    "CAST",
    "CastMember",
    "Delivery",
    "DirectoryInUse",
    "ImpossibleSize",
    "Manifest",
    "Move",
    "generate",
    "read_manifest",
]
