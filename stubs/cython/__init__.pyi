# What `import cython` means to mypy: the names of the stand-in, and no others.
from corpuscli.interpreted import *  # noqa: F403
