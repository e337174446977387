#!/usr/bin/env bash
# The same bytes everywhere: builds worldc for five targets, builds every world of specs/ with each, compares the roots.
#   tests/cross.sh                      all five
#   tests/cross.sh x86_64-unknown-linux-gnu i686-unknown-linux-musl
#   BUILT=target/debug/worldc tests/cross.sh built i686-unknown-linux-musl    # a program that is there already among them
# Needs: rustup; for aarch64 qemu-user-static; for windows gcc-mingw-w64-x86-64 and wine64; for wasm python3 with `wasmtime`.
set -euo pipefail
cd "$(dirname "$0")/.."

all=(x86_64-unknown-linux-gnu i686-unknown-linux-musl aarch64-unknown-linux-musl x86_64-pc-windows-gnu wasm32-wasip1)
targets=("${@:-${all[@]}}")
worlds=(specs/hello.world specs/fpa_march.world specs/site_manager.world)
seeds=(1 7)
cache=${CROSS_TARGET_DIR:-target/cross}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() { # target; optimised as little as serves, since no byte may depend on it
  [ "$1" = built ] && return
  rustup target add "$1" >/dev/null 2>&1
  # rust-lld and the bundled C library link both musl targets without a C cross compiler.
  local lld="-C linker-flavor=ld.lld -C link-self-contained=yes"
  CARGO_TARGET_I686_UNKNOWN_LINUX_MUSL_LINKER=rust-lld CARGO_TARGET_I686_UNKNOWN_LINUX_MUSL_RUSTFLAGS=$lld \
  CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_LINKER=rust-lld CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_RUSTFLAGS=$lld \
  CARGO_TARGET_WASM32_WASIP1_RUSTFLAGS="-C link-arg=-zstack-size=268435456" \
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
  CARGO_PROFILE_RELEASE_DEBUG=0 \
    cargo build --quiet --release --no-default-features --bin worldc --target "$1" --target-dir "$cache"
}

wine() { # the program and its arguments; Wine 8 lacks one DLL that Rust's library asks for
  local folder=$1; shift
  [ -f "$folder/bcryptprimitives.dll" ] ||
    x86_64-w64-mingw32-gcc -shared -o "$folder/bcryptprimitives.dll" tests/cross/bcryptprimitives.c -ladvapi32
  local program; program=$(command -v wine64 || echo /usr/lib/wine/wine64)
  WINEDEBUG=-all WINEARCH=win64 WINEPREFIX=$work/wine "$program" "$folder/worldc.exe" "$@"
}

run() { # target, arguments of worldc
  local target=$1 folder=$cache/$1/release; shift
  case $target in
    built)      "$BUILT" "$@" ;;
    aarch64-*)  qemu-aarch64-static "$folder/worldc" "$@" ;;
    *-windows-*) wine "$folder" "$@" ;;
    wasm32-*)   "${PYTHON:-python3}" tests/cross/wasi.py "$folder/worldc.wasm" "$@" ;;
    *)          "$folder/worldc" "$@" ;;
  esac
}

differ=0
for target in "${targets[@]}"; do
  build "$target"
  for world in "${worlds[@]}"; do
    for seed in "${seeds[@]}"; do
      # WASI shows a program the current folder only, so worlds are built inside it.
      out=target/cross-world
      rm -rf "$out"
      run "$target" build "$world" --seed "$seed" --out "$out" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
      root=$(sha256sum "$out/manifest.json" | cut -d' ' -f1)
      key=$(basename "$world" .world)@$seed
      if [ ! -f "$work/$key" ]; then
        echo "$root" >"$work/$key"
        cp "$out/manifest.json" "$work/$key.json"
      fi
      if [ "$root" = "$(cat "$work/$key")" ]; then verdict=same; else verdict=DIFFERS; differ=1; fi
      printf '%-28s %-14s %s %s\n' "$target" "$key" "$root" "$verdict"
      [ $verdict = same ] || "${PYTHON:-python3}" tests/cross/first_difference.py "$work/$key.json" "$out/manifest.json"
    done
  done
done
exit $differ
