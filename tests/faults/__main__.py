"""Do one of the works of this folder in a process of its own: JSON in, JSON out."""

import json
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    work = import_module(f"tests.faults.{sys.argv[1]}")
    json.dump(work.run(json.load(sys.stdin)), sys.stdout, default=str)
