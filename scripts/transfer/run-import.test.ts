import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { useDataFolders } from '../../test/support/data-folder.ts'
import { useDatabase } from '../../test/support/database.ts'
import { useFolders } from '../../test/support/folder.ts'
import { startProgram } from '../../test/support/program.ts'
import { openStore } from '../open-store.ts'
import type { CommandIo } from './command-io.ts'
import { runImport } from './run-import.ts'

const db = useDatabase()
const folder = useFolders()
const dataFolder = useDataFolders()

const VISITS = '会員番号,来店日,金額\n1,2026/1/5,1200\n2,2026/1/6,\n3,きのう,\n'

/** Runs the command on a file with this text. */
async function run(text: string, ...args: string[]) {
  const file = join(folder(), 'file.csv')
  writeFileSync(file, text)
  return command(...args.map((arg) => (arg === 'FILE' ? file : arg)))
}

const command = (...args: string[]) =>
  runWith({ env: {}, open: async () => ({ ...db(), prisma: db().prisma, close: async () => undefined }) }, args)

async function runWith(io: Pick<CommandIo, 'env' | 'open'>, args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await runImport(args, {
    ...io,
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    now: () => new Date('2026-11-21T03:00:00Z')
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('npm run import', () => {
  it('says what was taken, how it was understood, and which lines were not, and fails for those', async () => {
    const { code, out } = await run(VISITS, 'visits', 'FILE')
    expect(code).toBe(1)
    expect(out).toContain('rows 3: imported 2, duplicates 0, left out 0, failed 1')
    expect(out).toContain('customer_id ← 会員番号')
    expect(out).toContain('line 4, visited_at “きのう” cannot be read as a date')
    expect((await run('会員番号,来店日\n1,2026/1/5\n', 'visits', 'FILE')).code).toBe(0)
  })

  it('answers programs', async () => {
    const { code, out } = await run(VISITS, 'visits', 'FILE', '--json', '--dry-run')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      rows: 3,
      imported: 2,
      duplicates: 0,
      failed: 1,
      errorsLeftOut: 0,
      dryRun: true
    })
    expect(JSON.parse(out).errors).toMatchObject([
      { line: 4, problem: 'bad_date', message: expect.stringContaining('2026/1/5') }
    ])
    expect(await db().prisma.event.count()).toBe(0)
  })

  it('writes down what became of each line', async () => {
    const report = join(folder(), 'report.csv')
    await run(VISITS, 'visits', 'FILE', '--report', report)
    expect(readFileSync(report, 'utf8').split('\r\n').sort()).toEqual(
      ['', 'line,outcome,column', '2,imported,', '3,imported,', '4,bad_date,visited_at'].sort()
    )
  })

  it('takes a mapping, and says what is wrong with one', async () => {
    const [good, bad] = [join(folder(), 'good.yaml'), join(folder(), 'bad.yaml')]
    writeFileSync(good, 'source: till\ncolumns: { customer_id: 番, visited_at: いつ }\n')
    writeFileSync(bad, 'source: Till!\ncolumns: { nobody: 番 }\n')
    const text = '番,いつ\n1,2026/1/5\n'
    expect(await run(text, 'visits', 'FILE')).toMatchObject({ code: 1, err: expect.stringContaining('番, いつ') })
    expect(await run(text, 'visits', 'FILE', '--mapping', good)).toMatchObject({ code: 0 })
    expect(await run(text, 'visits', 'FILE', '--mapping', bad)).toMatchObject({
      code: 2,
      err: expect.stringContaining('source')
    })
  })

  it.each([
    [[]],
    [['people', 'x.csv']],
    [['visits']],
    [['visits', '/nowhere.csv']],
    [['visits', 'a', 'b']],
    [['--frob']]
  ])('explains itself for %j', async (args) => {
    expect(await command(...args)).toMatchObject({ code: 2, err: expect.stringContaining('npm run import') })
  })

  it('helps', async () =>
    expect(await command('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--dry-run') }))
})

it('killed in the middle and run again, it ends where an import without a fault does', async () => {
  const file = join(folder(), 'visits.csv')
  const rows = Array.from({ length: 6_000 }, (_, index) => `C${index % 300},2026/1/${(index % 28) + 1},${index % 9}`)
  writeFileSync(file, ['customer_id,visited_at,amount', ...rows].join('\n'))
  const env = { MATANE_DATA_DIR: dataFolder(), MATANE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}` }
  const first = startProgram('scripts/import.ts', ['visits', file], env)
  await new Promise<void>((resolve) => {
    first.child.stderr.on('data', (text) => /rows, \d+ a second/.test(String(text)) && resolve())
    void first.ended.then(() => resolve())
  })
  first.child.kill('SIGKILL')
  await first.ended
  const again = async () => JSON.parse((await runWith({ env, open: openStore }, ['visits', file, '--json'])).out)
  const { imported, duplicates } = await again()
  expect(imported + duplicates).toBe(6_000)
  expect(duplicates).toBeGreaterThan(0)
  expect(await again()).toMatchObject({ rows: 6_000, imported: 0, duplicates: 6_000, failed: 0 })
}, 240_000)
