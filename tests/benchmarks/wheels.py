"""Which wheels of onnxruntime install side by side here, and what `rnn-desk devices` says of each.

    python -m tests.benchmarks.wheels [FOLDER] [--out TABLE.md]

FOLDER keeps the environments, one a case (build/wheels; 5 GB, most of it NVIDIA's libraries). What
is printed is Markdown, with the machine's name and the versions. A driver that is too old is played
by a library of its name that knows no function (built with `cc`): CUDA's own run-time then says so.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("msgspec", "numpy", "onnx", "psutil")

OLD_DRIVER = """
int cuTensorMapEncodeTiled() { return 999; }
int cuInit(unsigned flags) { return 100; }
int cuDriverGetVersion(int *version) { *version = 11040; return 0; }
int cuGetProcAddress_v2(const char *name, void **at, int version, unsigned long flags, int *found)
{ *at = 0; return 500; }
"""


@dataclass(frozen=True)
class Case:
    """One environment: what is installed, in this order, and which devices are looked at.

    folder: the environment's name. driver: a stand-in for NVIDIA's driver is on the loader's path.
    """

    words: str
    folder: str
    wheels: tuple[str, ...]
    devices: tuple[str, ...]
    driver: bool = False


PLUG_INS = (
    "onnxruntime-ep-webgpu",
    "onnxruntime-ep-openvino",
    "onnxruntime-ep-nv-tensorrt-rtx",
    "onnxruntime-qnn",
)
CUDA = ("cuda", "tensorrt")
CASES = (
    Case("the plain wheel", "plain", ("onnxruntime",), ("cpu", "cuda")),
    Case(
        "plug-ins beside it",
        "plug-ins",
        ("onnxruntime", *PLUG_INS),
        ("webgpu", "openvino", "tensorrt-rtx", "qnn"),
    ),
    Case("MLX's plug-in beside it", "mlx", ("onnxruntime", "onnxruntime-ep-mlx"), ("mlx",)),
    Case("DirectML's wheel", "directml", ("onnxruntime-directml",), ("directml",)),
    Case("OpenVINO's wheel", "openvino", ("onnxruntime-openvino",), ("openvino",)),
    Case("WebGPU's wheel, no Vulkan driver", "webgpu", ("onnxruntime-webgpu",), ("webgpu",)),
    Case("CUDA's wheel", "gpu", ("onnxruntime-gpu",), CUDA),
    Case("the same, a driver but no libraries", "gpu", ("onnxruntime-gpu",), CUDA, driver=True),
    Case("with CUDA's libraries from pip", "cuda", ("onnxruntime-gpu[cuda,cudnn]",), CUDA),
    Case(
        "the same, the driver too old", "cuda", ("onnxruntime-gpu[cuda,cudnn]",), CUDA, driver=True
    ),
    Case("both wheels at once", "both", ("onnxruntime", "onnxruntime-gpu"), ("cuda",)),
)


def python_of(folder: Path, case: Case) -> Path | str:
    """The interpreter of a case's environment, or pip's last words where it cannot be made."""
    home = folder / case.folder
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = home / "installed"
    if done.exists():
        return python
    venv.create(home, with_pip=True)
    for wheels in (NEEDED, *((wheel,) for wheel in case.wheels)):
        command = [python, "-m", "pip", "install", "-q", "--only-binary=:all:", *wheels]
        tried = subprocess.run(command, capture_output=True, text=True, check=False)
        if tried.returncode:
            lines = [line for line in tried.stderr.splitlines() if line.startswith("ERROR: No")]
            return lines[-1].removeprefix("ERROR: ") if lines else "pip fails"
    done.touch()
    return python


def said(python: Path, case: Case, driver: Path | None) -> list[str]:
    """What the program says of the case's devices, and of the wheels."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if case.driver:
        environment["LD_LIBRARY_PATH"] = str(driver)
    command = [python, "-m", "rnn_desk", "devices", "--json"]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    record = json.loads(told.stdout)
    lines = [
        f"{device['name']}: {'**usable**, ' + device['label'] if device['usable'] else ''}"
        f"{device['reason']}"
        for device in record["devices"]
        if device["name"] in case.devices
    ]
    return lines + ([f"warning: {record['warning']}"] if record["warning"] else [])


def versions(python: Path) -> str:
    """The wheels of onnxruntime that are there."""
    command = [python, "-m", "pip", "list", "--format=json"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    found = {item["name"]: item["version"] for item in json.loads(listed.stdout)}
    ours = [f"{name} {version}" for name, version in found.items() if "onnxruntime" in name]
    return "<br>".join(sorted(ours))


def old_driver(folder: Path) -> Path | None:
    """A folder with the stand-in for a driver; None where it cannot be built."""
    home = folder / "driver"
    home.mkdir(parents=True, exist_ok=True)
    command = ["cc", "-w", "-x", "c", "-shared", "-fPIC", "-Wl,-soname,libcuda.so.1"]
    try:
        subprocess.run(
            [*command, "-o", str(home / "libcuda.so.1"), "-"],
            input=OLD_DRIVER, text=True, check=True, capture_output=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return None
    return home


def main() -> int:
    """Install, ask, print the table."""
    from tests.benchmarks.against_cpu import machine

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "wheels")
    parser.add_argument("--out", type=Path, help="write the table to this file")
    options = parser.parse_args()
    folder = options.folder.resolve()
    driver = old_driver(folder)
    lines = ["# Wheels of onnxruntime", "", "`python -m tests.benchmarks.wheels`", ""]
    lines += [
        *machine()[:2],
        "",
        "| case | installed | `rnn-desk devices` says |",
        "| --- | --- | --- |",
    ]
    for case in CASES:
        if case.driver and driver is None:
            continue
        python = python_of(folder, case)
        if isinstance(python, str):
            lines.append(f"| {case.words} | none: {python} | |")
        else:
            told = "<br>".join(said(python, case, driver)).replace("|", "\\|")
            lines.append(f"| {case.words} | {versions(python)} | {told} |")
        sys.stderr.write(f"{case.words}: done\n")
    table = "\n".join([*lines, ""])
    sys.stdout.write(table)
    if options.out is not None:
        options.out.write_text(table, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
