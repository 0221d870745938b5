import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

const ROOT = join(import.meta.dirname, '../..')

export interface Program {
  readonly child: ChildProcessByStdio<null, Readable, Readable>
  out(): string
  err(): string
  /** Resolves once the output so far matches; rejects when the program ends first. */
  shows(pattern: RegExp): Promise<void>
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
}

/** Runs a file of the project as a process of its own, with this Node. */
export function startProgram(file: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Program {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(ROOT, file), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (data) => {
    out += data
  })
  child.stderr.on('data', (data) => {
    err += data
  })
  const ended = new Promise<number | string>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? ''))
  })
  const shows = async (pattern: RegExp): Promise<void> => {
    const ends = ended.then((how) => {
      if (!pattern.test(out)) throw new Error(`${file} ended with ${how}: ${err || out}`)
    })
    const { promise: seen, resolve } = Promise.withResolvers<void>()
    const look = () => pattern.test(out) && resolve()
    child.stdout.on('data', look)
    look()
    // A look at all of a long output, for each piece that comes, is more than a look is worth.
    await Promise.race([seen, ends]).finally(() => child.stdout.off('data', look))
  }
  return { child, out: () => out, err: () => err, shows, ended }
}
