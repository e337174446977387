#!/usr/bin/env python3
"""The Python side of the benchmark of writers, one job at a time.

    python3 benches/python_cases.py rate JOB N          documents per second of processor time, over documents 1 to N
    python3 benches/python_cases.py save JOB N PATH     document N as a file

Jobs are those of `python_baseline.py`, which stays as it was handed to us, and the ones added here.
"""

import gc
import sys
import time

import python_baseline as baseline

JOBS = {name: make for name, make, _, _ in baseline.JOBS}


def rate(job, documents):
    make = JOBS[job]
    make(0)
    gc.collect()
    start = time.process_time()
    for number in range(1, documents + 1):
        make(number)
    print("%.2f" % (documents / (time.process_time() - start)))


def save(job, number, path):
    with open(path, "wb") as file:
        file.write(JOBS[job](number))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["rate", job, documents]:
            rate(job, int(documents))
        case ["save", job, number, path]:
            save(job, int(number), path)
        case _:
            sys.exit(__doc__)
