"""A release: what makes a tree one, and putting its files in place. Import from here.

rules: whether this version may be released; make: all of its files, in another folder; changelog, listing: those that
are prose; put: everything into place or nothing; outside: what no pull request but a release's may touch.
"""

from .make import KINDS, Made, ReleaseError, make, sums
from .outside import outside
from .put import put
from .rules import kind, needed, refusals

__all__ = ["KINDS", "Made", "ReleaseError", "kind", "make", "needed", "outside", "put", "refusals", "sums"]
