import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { publish } from '../../src/features/definitions/index.ts'
import { useDatabase } from '../../test/support/database.ts'
import { runSegments } from './run-segments.ts'

const db = useDatabase()
const now = new Date('2026-11-21T01:00:00Z')
const vip = { id: 'vip', name: { ja: '大切な方', en: 'Dear ones' }, who: { tag: 'VIP' } }
let folder = ''

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'matane-segments-'))
  await db().transaction((tx) => publish(tx, { kind: 'segment', key: 'vip', body: vip, at: now }))
  const { id } = await db().prisma.customer.create({ data: { createdAt: now } })
  await db().prisma.customerTag.create({ data: { customerId: id, tag: 'VIP', addedBy: 'U1', addedAt: now } })
})
afterEach(() => rmSync(folder, { recursive: true }))

async function run(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await runSegments(args, {
    env: {},
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    open: async () => ({ ...db(), close: async () => undefined })
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

function file(text: string): string {
  const path = join(folder, 'new.yaml')
  writeFileSync(path, text)
  return path
}

test('a published segment is shown by its id or its name', async () => {
  for (const told of [['vip'], ['Dear', 'ones'], ['大切な方']]) {
    const { code, out } = await run('preview', ...told)
    expect([code, out]).toEqual([0, expect.stringContaining('大切な方 / Dear ones (vip)\n  People: 1, on LINE: 0')])
  }
})

test('for programs it is JSON, without anybody in it', async () => {
  const { code, out } = await run('preview', 'vip', '--json', '--now', '2026-11-21T10:00:00+09:00')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({ id: 'vip', name: vip.name, people: 1, onLine: 0, reachable: 0, pushesNeeded: 0 })
})

test('a file is shown before it is published', async () => {
  const path = file('id: nobody\nname: { ja: だれも, en: Nobody }\nwho: { not: { tag: VIP } }\n')
  expect(await run('preview', path)).toMatchObject({ code: 0, out: expect.stringContaining('People: 0') })
})

test('a faulty file tells where, and opens nothing', async () => {
  const { code, err } = await run(
    'preview',
    file('id: nobody\nname: { ja: だれも, en: Nobody }\nwho: { risk: high }\n')
  )
  expect([code, err]).toEqual([1, expect.stringContaining('new.yaml:3:8 risk bands are not available yet')])
})

test('what is not there is told', async () => {
  expect(await run('preview', 'other')).toMatchObject({ code: 1, err: expect.stringContaining('no segment "other"') })
})

test.each([
  [[]],
  [['preview']],
  [['list']],
  [['preview', 'vip', '--now', 'yesterday']],
  [['preview', 'vip', '--frob']]
])('explains itself for %j', async (args) => {
  expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining('npm run segments') })
})

test('helps', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--now') })
})
