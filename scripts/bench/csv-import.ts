import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export interface ImportFigures {
  readonly rows: number
  /** With the start of the program, and the migrations of an empty database. */
  readonly seconds: number
  /** Most memory that the program held at once. */
  readonly peakMb: number
}

/** As in package.json: the garbage of many short-lived rows is cleared away early, in half of the memory. */
const FLAGS = ['--max-semi-space-size=4']
const PEOPLE = 20_000
const DAYS = 730
const DAY_MS = 86_400_000
const LOOK_MS = 100

/** How long `npm run import -- visits` takes for a file of so many rows, and how much memory. */
export async function measureImport(env: Readonly<Record<string, string>>, rows: number): Promise<ImportFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'matane-import-'))
  try {
    const file = join(folder, 'visits.csv')
    await writeVisits(file, rows)
    const startMs = performance.now()
    const program = [...FLAGS, join(import.meta.dirname, '../import.ts')]
    const child = spawn(process.execPath, [...program, 'visits', file, '--json'], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore']
    })
    let peakMb = 0
    const looking = setInterval(() => {
      peakMb = peakOf(child.pid) ?? peakMb
    }, LOOK_MS)
    const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
    clearInterval(looking)
    const seconds = (performance.now() - startMs) / 1_000
    const { imported } = JSON.parse(out)
    if (code !== 0 || imported !== rows) throw new Error(`The import ended with ${code}: ${out.slice(0, 500)}`)
    return { rows, seconds, peakMb }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function writeVisits(file: string, rows: number): Promise<void> {
  const stream = createWriteStream(file)
  stream.write('会員番号,来店日時,金額,店舗\r\n')
  for (let row = 0; row < rows; row += 1) {
    const day = new Date(Date.now() - ((row * 7) % DAYS) * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '/')
    const time = `${9 + (row % 11)}:${String(row % 60).padStart(2, '0')}`
    if (
      !stream.write(
        `M${(row * 7919) % PEOPLE},${day} ${time},"¥${(500 + (row % 5000)).toLocaleString('ja-JP')}",店${row % 3}\r\n`
      )
    )
      await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'close')
}

/** The most resident memory of a process so far, in MB (Linux); undefined when it has ended. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
  } catch {
    return undefined
  }
}
