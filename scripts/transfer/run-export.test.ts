import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { useDatabase } from '../../test/support/database.ts'
import { useFolders } from '../../test/support/folder.ts'
import { runExport } from './run-export.ts'

const db = useDatabase()
const folder = useFolders()

async function run(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await runExport(args, {
    env: {},
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    now: () => new Date('2026-11-21T03:00:00Z'),
    open: async () => ({ ...db(), prisma: db().prisma, kysely: db().kysely, close: async () => undefined })
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

it('writes a folder that only its owner can read, whole or not at all, and says what is in it', async () => {
  await db().prisma.customer.create({
    data: { nameSealed: db().cipher.seal('customer.name', '佐藤 花子'), createdAt: new Date() }
  })
  const into = join(folder(), 'export')
  const { code, out } = await run(into, '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    folder: into,
    unreadable: {},
    files: { 'customers.csv': 1, 'visits.csv': 0 }
  })
  expect(readdirSync(into).sort()).toEqual(['customers.csv', 'orders.csv', 'tables', 'visits.csv'])
  expect(readFileSync(join(into, 'customers.csv'), 'utf8')).toContain('佐藤 花子')
  expect(readFileSync(join(into, 'tables/customer.jsonl'), 'utf8')).toContain('佐藤 花子')
  expect(statSync(into).mode & 0o077).toBe(0)
  expect(statSync(join(into, 'customers.csv')).mode & 0o077).toBe(0)
  expect(existsSync(`${into}.unfinished`)).toBe(false)
})

it('never writes into a folder that holds something', async () => {
  const into = join(folder(), 'full')
  mkdirSync(into)
  writeFileSync(join(into, 'mine.txt'), 'mine')
  expect(await run(into)).toMatchObject({ code: 2, err: expect.stringContaining('is not empty') })
  expect(readdirSync(into)).toEqual(['mine.txt'])
})

it('fails, and says which, when values open with no key', async () => {
  await db().prisma.customer.create({ data: { nameSealed: 'gone:AAAA', createdAt: new Date() } })
  const { code, out } = await run(join(folder(), 'export'))
  expect(code).toBe(1)
  expect(out).toContain('3 values of customer.name')
})

it.each([[[]], [['a', 'b']], [['--frob']]])('explains itself for %j', async (args) => {
  expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining('npm run export') })
})

it('helps', async () =>
  expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('JSON lines') }))
