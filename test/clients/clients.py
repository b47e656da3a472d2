"""Runs notebooks in Jupyter's clients: those named good*.ipynb must pass in each, those named bad*.ipynb must not.

A bad notebook has three cells: one that prints, one that fails, one that prints "later". Its metadata say what the
error must be: {"expected": {"ename": ..., "evalue": ...}}. Prints a line for each check, ends with 1 when one failed.
"""

import subprocess
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

LIMIT = 600  # seconds for a notebook
folder = Path(sys.argv[1])
failures = 0


def check(name, passed, detail=""):
    global failures
    failures += not passed
    print(f"{'ok    ' if passed else 'FAILED'} {name}{'' if passed else ': ' + str(detail)[-1500:]}", flush=True)


def run_nbclient(file, **options):
    notebook = nbformat.read(file, as_version=4)
    client = NotebookClient(notebook, timeout=LIMIT, resources={"metadata": {"path": str(folder)}}, **options)
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return notebook, error
    return notebook, None


def run_module(*args):
    result = subprocess.run([sys.executable, "-m", *args], cwd=folder, capture_output=True, text=True, timeout=LIMIT)
    return result.returncode, result.stdout + result.stderr


def nbconvert(file):
    out = folder / "converted.ipynb"
    return run_module("nbconvert", "--execute", "--to", "notebook", "--output", out.name, file.name)


def papermill(file):
    return run_module("papermill", "--cwd", str(folder), file.name, "papermill.out.ipynb")


def nbmake(file):
    return run_module("pytest", "--nbmake", f"--nbmake-timeout={LIMIT}", "-q", "-p", "no:cacheprovider", file.name)


def has_meant_error(file):
    return any("raises-exception" in cell.metadata.get("tags", []) for cell in nbformat.read(file, as_version=4).cells)


PROGRAMS = {"nbconvert": nbconvert, "papermill": papermill, "nbmake": nbmake}

for file in sorted(folder.glob("bad*.ipynb")):
    wanted = nbformat.read(file, as_version=4).metadata["expected"]
    _, error = run_nbclient(file)
    named = isinstance(error, CellExecutionError) and (error.ename, error.evalue) == (wanted["ename"], wanted["evalue"])
    check(f"nbclient fails on {file.name} with the right message", named, error)
    whole, error = run_nbclient(file, allow_errors=True)
    later = [output.get("text") for output in whole.cells[2].outputs]
    check(f"nbclient goes on after {file.name}'s error where it is allowed to", error is None and later == ["later\n"], later)
    shown = [output for output in whole.cells[1].outputs if output.output_type == "error"]
    check(f"the error output of {file.name} is red", len(shown) == 1 and shown[0].evalue == wanted["evalue"], shown)
    for name, run in PROGRAMS.items():
        code, said = run(file)
        check(f"{name} fails on {file.name} with the right message", code != 0 and wanted["evalue"] in said, (code, said))

for file in sorted(folder.glob("good*.ipynb")):
    _, error = run_nbclient(file)
    check(f"nbclient runs {file.name}", error is None, error)
    for name, run in PROGRAMS.items():
        code, said = run(file)
        if name == "papermill" and has_meant_error(file):
            # Papermill knows no tag for an error that is meant: it runs all cells, and then tells of that error.
            done = nbformat.read(folder / "papermill.out.ipynb", as_version=4)
            counts = [cell.execution_count for cell in done.cells if cell.cell_type == "code"]
            check(f"papermill runs {file.name} to its end, and fails by the error that is meant", code != 0 and None not in counts, said)
            continue
        check(f"{name} runs {file.name}", code == 0, said)

print(f"{failures} checks failed" if failures else "every check passed")
sys.exit(1 if failures else 0)
