"""Decodes every image of a dump with CRIU's own library and encodes it again.

Usage: check_images.py FOLDER. Says which images it saw. Ends with status 1 at an
image that the library refuses (wrong magic, fields missing) or encodes to other
bytes (fields or values that it does not know), or if the library is not there.
"""
import pathlib
import sys

try:
    import pycriu
except ImportError as missing:
    sys.exit(f"CRIU's library is missing ({missing}): apt-get install criu")

failed = False
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.img")):
    if path.name.startswith("pages-"):
        continue
    there = path.read_bytes()
    try:
        again = pycriu.images.dumps(pycriu.images.loads(there))
    except Exception as problem:  # whatever it is, the image is not one of CRIU's
        print(f"{path.name}: {type(problem).__name__}: {problem}")
        failed = True
        continue
    if again != there:
        print(f"{path.name}: {len(there)} bytes, encoded again {len(again)} others")
        failed = True
    else:
        print(f"{path.name}: as CRIU has it")
sys.exit(1 if failed else 0)
