#!/bin/sh
# On a machine with an NVIDIA GPU: every bundled model on CUDA against the CPU, the speeds, and what
# is said when CUDA's libraries are hidden. In one line, from anywhere:
#
#     tests/benchmarks/on_cuda.sh [FOLDER]
#
# FOLDER keeps the environment between two runs (build/cuda; 2.5 GB, most of it NVIDIA's libraries).
# The table, with the machine's name and the versions, goes to tests/benchmarks/cuda-<GPU>.md, to be
# committed. Without a GPU it says in one sentence what is missing, and fails.
set -eu
cd "$(dirname "$0")/../.."
folder=${1:-build/cuda}
python=$folder/env/bin/python

gpu=$(nvidia-smi --query-gpu=name --format=csv,noheader 2>/dev/null | head -n 1) || true
if [ -z "$gpu" ]; then
    echo "no NVIDIA GPU here: nvidia-smi, which comes with its driver, does not name one" >&2
    exit 1
fi
if [ ! -e "$folder/installed" ]; then
    python3 -m venv "$folder/env"
    # Not by constraints.txt, which pins onnxruntime: this wheel stands in its place.
    "$python" -m pip install -q "onnxruntime-gpu[cuda,cudnn]" \
        msgspec numpy onnx platformdirs psutil
    touch "$folder/installed"
fi

name=$(echo "$gpu" | tr 'A-Z ' 'a-z-' | tr -cd 'a-z0-9-')
table=tests/benchmarks/cuda-$name.md
driver=$(nvidia-smi --query-gpu=driver_version,memory.total --format=csv,noheader | head -n 1)
site=$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
status=0
{
    printf '# CUDA on %s\n\n`tests/benchmarks/on_cuda.sh`, driver and memory %s\n\n' "$gpu" "$driver"
    "$python" -m tests.benchmarks.against_cpu --device cuda 2>&1 || status=1
    printf '\n## Speed of the default model\n\n```\n'
    "$python" -m rnn_desk bench 2>/dev/null || status=1
    printf '```\n\n## With the libraries hidden\n\n```\n'
    # Those of pip are moved aside; those of the system are mostly not on the loader's path.
    mv "$site/nvidia" "$site/nvidia-hidden"
    LD_LIBRARY_PATH='' "$python" -m rnn_desk inspect --device cuda assets/models/lstm.onnx \
        2>&1 >/dev/null || true
    mv "$site/nvidia-hidden" "$site/nvidia"
    printf '```\n'
} >"$table"
cat "$table"
exit "$status"
