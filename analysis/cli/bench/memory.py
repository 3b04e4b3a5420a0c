"""Measure the peak memory of a Python process that does one thing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

from analysis.errors import FramingError

# VmHWM belongs to the program; ru_maxrss starts at what the parent held when it started this one.
_SCRIPT = """
import json, sys
texts = json.load(sys.stdin)
{work}
try:
    with open("/proc/self/status", encoding="ascii") as status:
        peak = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
except OSError:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({{"peak": peak, "torch": "torch" in sys.modules}}))
"""


def peak_megabytes(work: str, texts: Sequence[str]) -> float:
    """Return the peak memory of a new process that runs some lines of Python.

    Parameters
    ----------
    work : str
        Lines that use the list `texts`.
    texts : sequence of str

    Returns
    -------
    float
        Resident memory in megabytes (of 1,000,000 bytes), interpreter and libraries included.

    Raises
    ------
    FramingError
        The process failed, or it loaded torch.
    """
    made = subprocess.run(
        [sys.executable, "-c", _SCRIPT.format(work=work)],
        input=json.dumps(list(texts)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if made.returncode:
        raise FramingError(f"the process whose memory is measured failed: {made.stderr.strip()[-500:]}")
    found = json.loads(made.stdout)
    if found["torch"]:
        raise FramingError("torch was loaded; the toolkit must run without it")
    return float(found["peak"]) / 1e6
