"""Runs a WASI program in the current folder: wasi.py PROGRAM.wasm ARGUMENT…"""

import sys

from wasmtime import Config, Engine, ExitTrap, Linker, Module, Store, WasiConfig


def main(program: str, arguments: list[str]) -> int:
    engine = Engine(Config())
    wasi = WasiConfig()
    wasi.argv = ["worldc", *arguments]
    wasi.inherit_stdout()
    wasi.inherit_stderr()
    wasi.preopen_dir(".", ".")
    store = Store(engine)
    store.set_wasi(wasi)
    linker = Linker(engine)
    linker.define_wasi()
    instance = linker.instantiate(store, Module.from_file(engine, program))
    try:
        instance.exports(store)["_start"](store)
    except ExitTrap as ended:
        return ended.code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
