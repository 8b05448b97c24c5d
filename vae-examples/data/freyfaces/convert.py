"""Writes Frey Faces' published pickle as freyfaces.npy, beside this script: the same bytes in the
same order, 1965 x 28 x 20. Needs numpy.

    python convert.py freyfaces.pkl
"""

import hashlib
import pathlib
import pickle
import sys

import numpy as np

SHA256 = "3b69410c6a5fd6e03f09012905168be3712373a094a776f7e58fcd0670d2138a"

content = pathlib.Path(sys.argv[1]).read_bytes()
found = hashlib.sha256(content).hexdigest()
# A pickle can run anything when it is read: only the one that is known is.
if found != SHA256:
    sys.exit(f"{sys.argv[1]} is not the published file: its SHA-256 is {found}, not {SHA256}")
# Protocol 0 of Python 2: its strings hold the pixels' bytes.
(faces,) = pickle.loads(content, encoding="latin1")
assert faces.dtype == np.uint8 and faces.shape == (1965, 560) and faces.flags.c_contiguous
np.save(pathlib.Path(__file__).parent / "freyfaces.npy", faces.reshape(1965, 28, 20))
