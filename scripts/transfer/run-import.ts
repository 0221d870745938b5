import { createReadStream, createWriteStream, readFileSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { z } from 'zod'
import { loadStoreConfig } from '../../src/config.ts'
import {
  fileFaultText,
  type ImportOrder,
  type ImportSummary,
  importFile,
  KINDS,
  type Kind,
  Mapping,
  rowFaultText,
  TRANSFER_TEXTS
} from '../../src/features/transfer/index.ts'
import type { CommandIo } from './command-io.ts'
import { createProgress, runCommand } from './run-command.ts'

const USAGE = `npm run import -- customers|visits|orders <file.csv>     Import a CSV file

  --dry-run          only says what would happen, line by line; writes nothing
  --mapping <file>   a YAML file that says which column is which (columns: { customer_id: 会員番号, … });
                     remembered for files with the same columns
  --report <file>    what became of each line, as CSV
  --json             for programs: { rows, imported, duplicates, failed, errors, … }
  --help             this text

Columns are known by their names (customer_id, visited_at, ordered_at, amount, order_id, 会員番号, 来店日, 金額 …), the
encoding (UTF-8, Shift_JIS, UTF-16), delimiter and dates by what is there. An import that was broken off is run again: what
was imported stays, and counts as duplicates. What happened in the past starts no survey and sends no message.

Exit code: 0 all rows taken, 1 some were not or the file cannot be read, 2 not understood as a command.`

interface Order {
  readonly kind: Kind
  readonly file: string
  readonly dryRun: boolean
  readonly json: boolean
  readonly mapping: Mapping | undefined
  readonly report: string | undefined
}

const OPTIONS = {
  'dry-run': { type: 'boolean' },
  mapping: { type: 'string' },
  report: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' }
} as const

/** Runs `npm run import -- …`; the exit code. */
export function runImport(args: readonly string[], io: CommandIo): Promise<number> {
  return runCommand({ usage: USAGE, read: readOrder, carryOut }, args, io)
}

/** Undefined = help is asked for. */
function readOrder(args: readonly string[]): Order | undefined {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  if (values.help) return undefined
  const [told = '', file, ...more] = positionals
  const kind = KINDS.find((each) => each === told)
  if (!kind) throw new Error(`What is in the file? ${KINDS.join(', ')}`)
  if (file === undefined) throw new Error('Which file?')
  if (more.length > 0) throw new Error(`One file at a time: ${more.join(' ')}`)
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Error(`There is no file ${file}`)
  return {
    ...{ kind, file, report: values.report },
    dryRun: values['dry-run'] ?? false,
    json: values.json ?? false,
    mapping: values.mapping === undefined ? undefined : readMapping(values.mapping, kind)
  }
}

function readMapping(file: string, kind: Kind): Mapping {
  const parsed = Mapping.safeParse(parse(readFileSync(file, 'utf8')))
  if (!parsed.success) throw new Error(`${file}:\n${z.prettifyError(parsed.error)}`)
  if (parsed.data.kind !== undefined && parsed.data.kind !== kind)
    throw new Error(`${file} is for ${parsed.data.kind}, not for ${kind}`)
  return parsed.data
}

async function carryOut(order: Order, io: CommandIo): Promise<number> {
  const config = loadStoreConfig(io.env)
  const db = await io.open(config)
  const report = reportTo(order.report)
  const say = createProgress(io)
  try {
    const result = await importFile(db, {
      ...{ kind: order.kind, mapping: order.mapping, dryRun: order.dryRun, by: 'cli' },
      bytes: createReadStream(order.file),
      now: io.now(),
      timeZone: config.timeZone,
      onProgress: (rows) =>
        say((seconds) => `${rows.toLocaleString('en-US')} rows, ${Math.round(rows / seconds)} a second`),
      onRow: report?.onRow
    })
    if (!result.ok) {
      if (order.json) io.out(JSON.stringify({ problem: result.fault }))
      io.err(fileFaultText('en', result.fault))
      return 1
    }
    io.out(order.json ? JSON.stringify(asJson(result.summary)) : asText(result.summary))
    return result.summary.failed > 0 ? 1 : 0
  } finally {
    await report?.end()
    await db.close()
  }
}

/** What became of each line, as CSV; cells are our own words and numbers, so that none needs a quote. */
function reportTo(
  file: string | undefined
): { onRow: NonNullable<ImportOrder['onRow']>; end(): Promise<void> } | undefined {
  if (file === undefined) return undefined
  const stream = createWriteStream(file)
  stream.write('line,outcome,column\r\n')
  return {
    onRow: (line, outcome) => {
      const [what, field] = typeof outcome === 'string' ? [outcome, ''] : [outcome.problem, outcome.field ?? '']
      stream.write(`${line},${what},${field}\r\n`)
    },
    end: () => new Promise((resolve) => stream.end(resolve))
  }
}

function asJson({ errors, ...summary }: ImportSummary) {
  const told = errors.map((error) => ({ ...error, message: rowFaultText('en', error) }))
  return { ...summary, errors: told, errorsLeftOut: summary.failed - errors.length }
}

const ERRORS_SHOWN = 20

function asText({ file, errors, ...summary }: ImportSummary): string {
  const { rows, imported, duplicates, erased, skipped, failed, kind, dryRun } = summary
  const columns = Object.entries(file.columns).map(([field, column]) => `  ${field} ← ${column}`)
  const shown = errors.slice(0, ERRORS_SHOWN).map((error) => `  ${rowFaultText('en', error)}`)
  return [
    dryRun ? 'Dry run: nothing was written.' : `Imported ${kind}.`,
    `  rows ${rows}: imported ${imported}, duplicates ${duplicates}, left out ${skipped}, failed ${failed}`,
    ...(erased > 0 ? [`  about people who were erased since, and stay so: ${erased}`] : []),
    `Columns, ${file.preset ?? TRANSFER_TEXTS.en.how[file.how]} (${file.encoding}):`,
    ...columns,
    ...(file.unused.length > 0 ? [`  not used: ${file.unused.slice(0, 30).join(', ')}`] : []),
    ...(failed > 0 ? ['Not taken:', ...shown] : []),
    ...(failed > shown.length
      ? [`  … and ${failed - shown.length} more (--json lists them, --report writes a file)`]
      : [])
  ].join('\n')
}
