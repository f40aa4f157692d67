#!/bin/sh
# Runs the models on devices other than the CPU, with no GPU:
# - WebGPU: onnxruntime-webgpu, in an environment of its own, on SwiftShader, the software Vulkan
#   device that Debian's chromium-common contains; and the refusal of Mesa's software device.
# - The plug-ins for WebGPU and OpenVINO, in another: the first accepts real GPUs alone, the second
#   runs on processors of Intel's.
#
#     tests/webgpu.sh [FOLDER]
#
# FOLDER keeps the environments between two runs (build/webgpu). Nothing is installed outside of it.
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

debian() { # PACKAGE FOLDER: unpack a package of Debian's there
    fetch() { (cd "$folder" && apt-get -qq download "$1") >"$folder/log" 2>&1; }
    fetch "$1" || { apt-get -qq update >"$folder/log" 2>&1 && fetch "$1"; } || return 1
    dpkg-deb -x "$folder/$1"_*.deb "$2"
    rm "$folder/$1"_*.deb
}

environment() { # NAME PACKAGE...: one with these beside what the tests need
    [ -x "$folder/$1/bin/pytest" ] && return
    python3 -m venv "$folder/$1"
    name=$1
    shift
    "$folder/$name/bin/python" -m pip install -q -c constraints.txt "$@" msgspec numpy onnx \
        platformdirs psutil hypothesis pytest >"$folder/log" 2>&1
}

[ -e "$chromium/libvk_swiftshader.so" ] || debian chromium-common "$folder/chromium" ||
    left_out "no chromium-common from apt"
environment env onnxruntime-webgpu || left_out "no onnxruntime-webgpu from pip"
environment plug-ins onnxruntime onnxruntime-ep-webgpu onnxruntime-ep-openvino ||
    left_out "no plug-ins from pip"

mesa=$folder/mesa/usr/lib/x86_64-linux-gnu
if [ ! -e "$folder/mesa/driver.json" ]; then
    llvm=$(apt-cache depends mesa-vulkan-drivers | sed -n 's/.*Depends: \(libllvm[0-9]*\)$/\1/p')
    debian mesa-vulkan-drivers "$folder/mesa" && debian "$llvm" "$folder/mesa" &&
        sed "s#/usr/lib#$folder/mesa/usr/lib#" \
            "$folder"/mesa/usr/share/vulkan/icd.d/lvp_icd.*.json >"$folder/mesa/driver.json"
fi
if [ -e "$folder/mesa/driver.json" ] &&
    ! LD_LIBRARY_PATH="$mesa" ldd "$mesa/libvulkan_lvp.so" | grep -q "not found"; then
    export MESA_DRIVER="$folder/mesa/driver.json"
fi

export LD_LIBRARY_PATH="$chromium:$mesa" VK_DRIVER_FILES="$chromium/vk_swiftshader_icd.json"
export XDG_RUNTIME_DIR="$folder/runtime"
"$folder/env/bin/python" -m pytest -q tests/engine/runtime/test_webgpu.py
exec "$folder/plug-ins/bin/python" -m pytest -q tests/engine/runtime/test_plugins.py
