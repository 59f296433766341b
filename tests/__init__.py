import os
import sys

# Some machines forbid Python to keep bytecode. Every process of a run would then compile the program and the
# tests anew: half a second for each call of the program, four for each worker of pytest. Git ignores it.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
