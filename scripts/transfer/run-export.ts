import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { loadStoreConfig } from '../../src/config.ts'
import { type ExportSummary, exportAll, type Sink } from '../../src/features/transfer/index.ts'
import type { CommandIo } from './command-io.ts'
import { createProgress, runCommand } from './run-command.ts'

const USAGE = `npm run export -- <folder>     Write everything that Matane knows into a new folder

  --json     for programs: { folder, files: { name: rows }, unreadable }
  --help     this text

customers.csv, visits.csv and orders.csv can be imported again (npm run import); tables/ holds each table as CSV and as
JSON lines. Names, addresses and words are in the clear: the folder is readable by you alone, keep it so. In CSV files an
apostrophe stands in front of what a spreadsheet would compute (=, +, -, @); importing takes it off again.

Exit code: 0 all is written, 1 not, or some values opened with no key, 2 not understood as a command.`

/** Runs `npm run export -- …`; the exit code. */
export function runExport(args: readonly string[], io: CommandIo): Promise<number> {
  return runCommand({ usage: USAGE, read: readOrder, carryOut }, args, io)
}

interface Order {
  readonly folder: string
  readonly json: boolean
}

/** Undefined = help is asked for. */
function readOrder(args: readonly string[]): Order | undefined {
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

async function carryOut({ folder, json }: Order, io: CommandIo): Promise<number> {
  const say = createProgress(io)
  const onProgress = (file: string, rows: number) => say(() => `${file}: ${rows.toLocaleString('en-US')} rows`)
  const db = await io.open(loadStoreConfig(io.env))
  // The folder appears when it is whole.
  const unfinished = `${folder}.unfinished`
  try {
    rmSync(unfinished, { recursive: true, force: true })
    const summary = await exportAll(db, folderSink(unfinished), { by: 'cli', now: io.now(), onProgress })
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

function asText(folder: string, { files, unreadable }: ExportSummary): string {
  const lines = Object.entries(files).filter(([name]) => name.endsWith('.csv'))
  const faults = Object.entries(unreadable).map(([field, count]) => `  ${count} values of ${field}`)
  return [
    `Wrote ${folder}:`,
    ...lines.map(([name, rows]) => `  ${name.padEnd(36)} ${rows.toLocaleString('en-US')} rows`),
    ...(faults.length > 0 ? ['Opened by no key at hand, and left empty:', ...faults] : [])
  ].join('\n')
}
