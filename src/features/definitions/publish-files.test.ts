import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { computingMs } from '../../../test/support/computing.ts'
import { testCipher, useDatabase } from '../../../test/support/database.ts'
import type { DefinitionKind } from '../../platform/feature.ts'
import type { Scope } from '../../platform/scope.ts'
import { publishFolder } from './files.ts'
import { checkFiles, currentAll, explainIssues, faultLine, publishFiles } from './index.ts'

const db = useDatabase()
const at = new Date('2026-11-21T01:00:00Z')

const Body = z.strictObject({ id: z.string(), size: z.int().max(9) })
const kindOf = (kind: string, files: string, published?: DefinitionKind['published']): DefinitionKind => ({
  kind,
  files,
  check(input) {
    const parsed = Body.safeParse(input)
    return parsed.success
      ? { ok: true, key: parsed.data.id, body: parsed.data }
      : { ok: false, faults: explainIssues(parsed.error) }
  },
  ...(published && { published })
})
const surveys = kindOf('survey', 'surveys/')
const shops = kindOf('shops', 'loyalty/shops.yaml')
const file = (path: string, text: string) => ({ path, text })
const good = file('surveys/a.yaml', 'id: a\nsize: 1\n')
const keysOf = async (kind: string) =>
  (await currentAll(db().prisma, kind)).map(({ key, version }) => `${key} v${version}`)
const publishAll = (files: { path: string; text: string }[], whole = false) =>
  publishFiles(db(), { kinds: [surveys, shops], files, at, whole })

test('good files are published, the same ones again change nothing', async () => {
  const files = [good, file('loyalty/shops.yaml', 'id: shops\nsize: 2')]
  const first = await publishAll(files)
  expect(first).toMatchObject({ ok: true, value: { published: [{ changed: true }, { changed: true, key: 'shops' }] } })
  const again = await publishAll(files)
  expect(again).toMatchObject({ ok: true, value: { published: [{ changed: false, version: 1 }, { changed: false }] } })
})

test('one fault in one file publishes none of them', async () => {
  const result = await publishAll([good, file('surveys/b.yaml', 'id: b\nsize: 10\n')])
  expect(result).toEqual({
    ok: false,
    kind: 'faults',
    faults: [{ path: 'surveys/b.yaml', line: 2, column: 1, message: 'write at most 9' }]
  })
  expect(await keysOf('survey')).toEqual([])
})

test('a hook that throws publishes nothing either', async () => {
  const failing = kindOf('survey', 'surveys/', async () => {
    throw new Error('no room')
  })
  const publishing = publishFiles(db(), {
    kinds: [shops, failing],
    files: [file('loyalty/shops.yaml', 'id: s\nsize: 1'), good],
    at
  })
  await expect(publishing).rejects.toThrow('no room')
  expect(await keysOf('shops')).toEqual([])
})

test('the hook runs in the transaction, with each change and only then', async () => {
  const bodies: unknown[] = []
  const hooked = kindOf('survey', 'surveys/', async (tx, cipher, body) => {
    expect(await currentAll(tx, 'survey')).toHaveLength(1)
    expect(cipher.open('x', testCipher.seal('x', 'same key'))).toBe('same key')
    bodies.push(body)
  })
  for (const size of [1, 1, 2])
    await publishFiles(db(), { kinds: [hooked], files: [file('surveys/a.yaml', `id: a\nsize: ${size}`)], at })
  expect(bodies).toEqual([
    { id: 'a', size: 1 },
    { id: 'a', size: 2 }
  ])
})

test('a file of a folder that is gone is retired when the whole folder is published, and comes back with its file', async () => {
  const other = file('surveys/b.yaml', 'id: b\nsize: 1')
  await publishAll([good, other], true)
  expect(await publishAll([good])).toMatchObject({ ok: true, value: { retired: [] } })
  expect(await publishAll([good], true)).toMatchObject({ ok: true, value: { retired: ['survey b'] } })
  expect(await keysOf('survey')).toEqual(['a v1'])
  await publishAll([good, other], true)
  expect(await keysOf('survey')).toEqual(['a v1', 'b v3'])
})

test('files that no kind takes are left alone and named', async () => {
  const result = await publishAll([file('desk/faq.yaml', '{['), file('loyalty/shops.yaml.yaml', '')])
  expect(result).toMatchObject({ ok: true, value: { ignored: ['desk/faq.yaml', 'loyalty/shops.yaml.yaml'] } })
})

test.each<[string, string, string]>([
  ['a wrong value', 'id: a\nsize: many\n', 'surveys/a.yaml:2:1 write a number'],
  ['a missing key', 'id: a\n', 'surveys/a.yaml:1:1 "size" is missing: add it'],
  [
    'an unknown key',
    'id: a\nsize: 1\nsise: 2\n',
    'surveys/a.yaml:3:1 "sise" means nothing here: correct the word or delete it'
  ],
  ['an empty file', '', 'surveys/a.yaml:1:1 write lines of the form "name: value"'],
  ['a list', '- 1', 'surveys/a.yaml:1:1 write lines of the form "name: value"'],
  ['a broken bracket', 'id: a\nsize: [1\n', 'surveys/a.yaml:3:1 this is not readable as YAML'],
  ['a tab as indentation', 'id: a\nsize:\n\t- 1', 'surveys/a.yaml:3:1 this is not readable as YAML'],
  [
    'the same key twice',
    'id: a\nsize: 1\nid: b',
    'surveys/a.yaml:3:1 this is not readable as YAML: Map keys must be unique'
  ],
  ['two documents', 'id: a\nsize: 1\n---\nid: b', 'surveys/a.yaml:3:1 this is not readable as YAML'],
  ['an unknown tag', 'id: !js a\nsize: 1', 'surveys/a.yaml:1:5 this is not readable as YAML']
])('%s is told with its file, line and column', (_, text, expected) => {
  const { faults, good: none } = checkFiles([surveys], [file('surveys/a.yaml', text)])
  expect(none).toEqual([])
  expect(faultLine(faults[0] ?? { path: '', line: 0, column: 0, message: 'no fault' })).toContain(expected)
})

test('a file that unfolds itself without end is refused at once', async () => {
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
  for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'])
    bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(',')}]`)
  const refuse = (text: string) => checkFiles([surveys], [file('surveys/a.yaml', text)]).faults[0]?.message
  const took = await computingMs(() => {
    expect(refuse(bomb.join('\n'))).toContain('alias')
    expect(refuse('x'.repeat(1_000_000))).toContain('too long')
  })
  expect(took).toBeLessThan(2_000)
})

test('two files of one name are a fault of the second', () => {
  const { faults } = checkFiles([surveys], [good, file('surveys/copy.yaml', good.text)])
  expect(faults.map(faultLine)).toEqual([
    'surveys/copy.yaml:1:1 surveys/a.yaml is called "a" too: give one of them another name'
  ])
})

test('what only the others show is told once the files are good by themselves, with its place', () => {
  const told: string[][] = []
  const needing: DefinitionKind = {
    ...surveys,
    together(body, { definitions, unset }) {
      told.push([...definitions.map(({ kind, key }) => `${kind} ${key}`), ...unset])
      const { id } = Body.parse(body)
      return id === 'b' ? [{ path: ['size'], message: 'b is lonely' }] : []
    }
  }
  const files = [good, file('surveys/b.yaml', 'id: b\nsize: 2')]
  const definitions = ['a', 'z'].map((key) => ({ kind: 'survey', key, body: {} }))
  const beside = { definitions, unset: ['SECRET'] }
  expect(checkFiles([needing], [...files, file('surveys/c.yaml', 'id: c')], beside).faults).toHaveLength(1)
  expect(told).toEqual([])
  expect(checkFiles([needing], files, beside).faults.map(faultLine)).toEqual(['surveys/b.yaml:2:1 b is lonely'])
  expect(told[0]).toEqual(['survey a', 'survey b', 'survey z', 'SECRET'])
})

test('a file is published beside what is in force; of a whole folder only its files count', async () => {
  const beside: string[][] = []
  const curious: DefinitionKind = {
    ...surveys,
    together(_, { definitions }) {
      beside.push(definitions.map(({ key }) => key))
      return []
    }
  }
  const other = file('surveys/b.yaml', 'id: b\nsize: 1')
  await publishFiles(db(), { kinds: [curious], files: [other], at })
  await publishFiles(db(), { kinds: [curious], files: [good], at })
  await publishFiles(db(), { kinds: [curious], files: [good], at, whole: true })
  expect(beside).toEqual([['b'], ['a', 'b'], ['a']])
})

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'matane-flows-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

function scopeWith(lines: string[]): Scope {
  const log = (message: string) => void lines.push(message)
  return {
    ...{ db: db(), now: () => at, timeZone: 'Asia/Tokyo', waitUntil: () => {} },
    log: { info: log, warn: log, error: log }
  }
}

test('a server starts with the last published version when a file has a fault, and says where', async () => {
  await publishFolder(scopeWith([]), {
    kinds: [surveys],
    folder: folderOf({ 'surveys/a.yaml': good.text, 'README.md': 'x' })
  })
  const lines: string[] = []
  await publishFolder(scopeWith(lines), {
    kinds: [surveys],
    folder: folderOf({ 'surveys/a.yaml': 'id: a\nsize: 99\n' })
  })
  expect(lines[0]).toBe('flows/surveys/a.yaml:2:1 write at most 9')
  expect(await keysOf('survey')).toEqual(['a v1'])
})

test('a server does not start with a faulty file when there is nothing to fall back to', async () => {
  const starting = publishFolder(scopeWith([]), {
    kinds: [surveys],
    folder: folderOf({ 'surveys/a.yaml': 'id: a\nsize: 99\n' })
  })
  await expect(starting).rejects.toThrow('flows/surveys/a.yaml:2:1 write at most 9')
})

test('a folder without any file retires nothing: it is the wrong folder', async () => {
  await publishAll([good])
  await expect(publishFolder(scopeWith([]), { kinds: [surveys], folder: folderOf({}) })).rejects.toThrow(
    'no definitions'
  )
  await expect(publishFolder(scopeWith([]), { kinds: [surveys], folder: '/nowhere/at/all' })).rejects.toThrow(
    'no definitions'
  )
  expect(await keysOf('survey')).toEqual(['a v1'])
})
