import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Env = Readonly<Record<string, string | undefined>>

const HERE = import.meta.dirname

/** A process of ours, and where it listens. */
export interface Served {
  readonly origin: string
  readonly child: ChildProcess
  stop(): Promise<void>
}

/** Starts a server of this folder and waits until it tells its origin. */
export async function serveFrom(file: string, env: Env = {}): Promise<Served> {
  const child = fork(join(HERE, file), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc']
  })
  endWithUs(child)
  const [origin] = await once(child, 'message')
  return { origin: String(origin), child, stop: () => stop(child) }
}

export interface Started extends Served {
  /** From the process's start to the first answer that says it can work. */
  readonly readyMs: number
}

/** Starts the whole product on a port and waits until it is ready. */
export async function startProduct(port: number, env: Env): Promise<Started> {
  const startedMs = performance.now()
  const child = fork(join(HERE, '../../src/main.ts'), {
    env: { ...process.env, ...env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc']
  })
  endWithUs(child)
  const origin = `http://127.0.0.1:${port}`
  while (!(await isReady(origin))) {
    if (child.exitCode !== null) throw new Error(`The product ended with ${child.exitCode} before it was ready`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { origin, child, readyMs: performance.now() - startedMs, stop: () => stop(child) }
}

/** A benchmark that fails leaves no server behind that would slow the next one down. */
function endWithUs(child: ChildProcess): void {
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
}

async function isReady(origin: string): Promise<boolean> {
  return fetch(`${origin}/readyz`).then(
    (answer) => answer.ok,
    () => false
  )
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

/** Resident memory of a process, in MB (Linux). */
export function residentMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024
}
