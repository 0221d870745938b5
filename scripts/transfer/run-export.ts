import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { loadStoreConfig } from '../../src/config.ts'
import { type ExportSummary, exportAll, type Sink } from '../../src/features/transfer/index.ts'
import { type CommandIo, explain } from './command-io.ts'

const USAGE = `npm run export -- <folder>     Write everything that Matane knows into a new folder

  --json     for programs: { folder, files: { name: rows }, unreadable }
  --help     this text

customers.csv, visits.csv and orders.csv can be imported again (npm run import); tables/ holds each table as CSV and as
JSON lines. Names, addresses and words are in the clear: the folder is readable by you alone, keep it so. In CSV files an
apostrophe stands in front of what a spreadsheet would compute (=, +, -, @); importing takes it off again.

Exit code: 0 all is written, 1 not, or some values opened with no key, 2 not understood as a command.`

/** Runs `npm run export -- …`; the exit code. */
export async function runExport(args: readonly string[], io: CommandIo): Promise<number> {
  let order: { folder: string; json: boolean } | undefined
  try {
    order = readOrder(args)
  } catch (error) {
    io.err(`${explain(error)}\n\n${USAGE}`)
    return 2
  }
  if (!order) {
    io.out(USAGE)
    return 0
  }
  try {
    return await carryOut(order, io)
  } catch (error) {
    if (order.json) io.out(JSON.stringify({ problem: explain(error) }))
    io.err(explain(error))
    return 1
  }
}

/** Undefined = help is asked for. */
function readOrder(args: readonly string[]): { folder: string; json: boolean } | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true
  })
  if (values.help) return undefined
  const [folder, ...more] = positionals
  if (folder === undefined || more.length > 0) throw new Error('Into which folder?')
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`${folder} is not empty: name a new folder`)
  return { folder: resolve(folder), json: values.json ?? false }
}

async function carryOut({ folder, json }: { folder: string; json: boolean }, io: CommandIo): Promise<number> {
  const db = await io.open(loadStoreConfig(io.env))
  // The folder appears when it is whole.
  const unfinished = `${folder}.unfinished`
  try {
    rmSync(unfinished, { recursive: true, force: true })
    const summary = await exportAll(db, folderSink(unfinished), { by: 'cli', now: io.now(), onProgress: progress(io) })
    rmSync(folder, { recursive: true, force: true })
    renameSync(unfinished, folder)
    io.out(json ? JSON.stringify({ folder, ...summary }) : asText(folder, summary))
    return Object.keys(summary.unreadable).length > 0 ? 1 : 0
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
    await db.close()
  }
}

/** Files that only their owner can read, in a folder of the same kind. */
function folderSink(folder: string): Sink {
  return {
    async open(name) {
      const file = join(folder, name)
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      const stream = createWriteStream(file, { mode: 0o600 })
      await once(stream, 'open')
      return {
        async write(text) {
          if (!stream.write(text)) await once(stream, 'drain')
        },
        async end() {
          stream.end()
          await once(stream, 'close')
        }
      }
    }
  }
}

const PROGRESS_MS = 1_000

function progress(io: CommandIo): (file: string, rows: number) => void {
  let saidMs = performance.now()
  return (file, rows) => {
    if (performance.now() - saidMs < PROGRESS_MS) return
    saidMs = performance.now()
    io.err(`${file}: ${rows.toLocaleString('en-US')} rows`)
  }
}

function asText(folder: string, { files, unreadable }: ExportSummary): string {
  const lines = Object.entries(files).filter(([name]) => name.endsWith('.csv'))
  const faults = Object.entries(unreadable).map(([field, count]) => `  ${count} values of ${field}`)
  return [
    `Wrote ${folder}:`,
    ...lines.map(([name, rows]) => `  ${name.padEnd(36)} ${rows.toLocaleString('en-US')} rows`),
    ...(faults.length > 0 ? ['Opened by no key at hand, and left empty:', ...faults] : [])
  ].join('\n')
}
