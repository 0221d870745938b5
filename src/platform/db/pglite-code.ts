/** PostgreSQL as PGlite ships it (two WebAssembly modules), compiled once for a process and all of its threads. */
import { readFile } from 'node:fs/promises'
import { isMainThread, workerData } from 'node:worker_threads'

/** As PGlite's options call them. */
export interface PgliteCode {
  readonly pgliteWasmModule: WebAssembly.Module
  readonly initdbWasmModule: WebAssembly.Module
}

let code: Promise<PgliteCode> | undefined

/**
 * What a thread was started with (`workerData.code`), else compiled now: half of what it takes to open a small database is
 * making machine code of it.
 */
export function pgliteCode(): Promise<PgliteCode> {
  code ??= compile()
  return code
}

async function compile(): Promise<PgliteCode> {
  const given: unknown = isMainThread ? undefined : workerData
  if (isCode(given)) return given.code
  const [pgliteWasmModule, initdbWasmModule] = await Promise.all([moduleOf('pglite.wasm'), moduleOf('initdb.wasm')])
  return { pgliteWasmModule, initdbWasmModule }
}

function isCode(given: unknown): given is { readonly code: PgliteCode } {
  return typeof given === 'object' && given !== null && 'code' in given
}

async function moduleOf(name: string): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(new URL(name, import.meta.resolve('@electric-sql/pglite'))))
}
