#!/bin/sh
# Runs the models on WebGPU with no GPU: onnxruntime-webgpu, in an environment of its own, on
# SwiftShader, the software Vulkan device that Debian's chromium-common contains.
#
#     tests/webgpu.sh [FOLDER]
#
# FOLDER keeps the environment between two runs (build/webgpu). Nothing is installed outside of it.
# Where the packages cannot be had, it says so in one line and succeeds.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-build/webgpu}
mkdir -p "$folder/runtime"
folder=$(cd "$folder" && pwd)
chromium=$folder/chromium/usr/lib/chromium

left_out() {
    echo "left out: WebGPU on a software device ($1)"
    exit 0
}

if [ ! -e "$chromium/libvk_swiftshader.so" ]; then
    fetch() { (cd "$folder" && apt-get -qq download chromium-common) >"$folder/log" 2>&1; }
    fetch || { apt-get -qq update >"$folder/log" 2>&1 && fetch; } ||
        left_out "no chromium-common from apt"
    dpkg-deb -x "$folder"/chromium-common_*.deb "$folder/chromium"
    rm "$folder"/chromium-common_*.deb
fi
if [ ! -x "$folder/env/bin/pytest" ]; then
    python3 -m venv "$folder/env"
    "$folder/env/bin/python" -m pip install -q -c constraints.txt onnxruntime-webgpu numpy onnx psutil threadpoolctl \
        pytest hypothesis >"$folder/log" 2>&1 || left_out "no onnxruntime-webgpu from pip"
fi
export LD_LIBRARY_PATH="$chromium" VK_DRIVER_FILES="$chromium/vk_swiftshader_icd.json"
export XDG_RUNTIME_DIR="$folder/runtime"
exec "$folder/env/bin/python" -m pytest -q tests/engine/test_webgpu.py
