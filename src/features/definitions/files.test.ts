import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { DefinitionKind } from '../../platform/feature.ts'
import { checkFiles, faultLine, kindFor } from './check-files.ts'
import { readDefinitionFiles } from './files.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function folderOf(...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'matane-flows-'))
  folders.push(folder)
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), `# ${name}`)
  }
  return folder
}

const kind = (name: string, files: string): DefinitionKind => ({
  kind: name,
  files,
  check: (input) => ({ ok: true, key: String(input), body: input })
})
const kinds = [kind('shops', 'loyalty/shops.yaml'), kind('survey', 'surveys/'), kind('scenario', 'scenarios/')]

test('all YAML below a folder is read, by name, and nothing else', () => {
  const folder = folderOf('surveys/b.yaml', 'surveys/a.yml', 'surveys/deep/c.yaml', 'flow.schema.json', 'notes.md')
  expect(readDefinitionFiles(folder)).toEqual(
    ['surveys/a.yml', 'surveys/b.yaml', 'surveys/deep/c.yaml'].map((path) => ({ path, text: `# ${path}` }))
  )
})

test('a folder that is not there holds nothing', () => {
  expect(readDefinitionFiles(join(folderOf(), 'nowhere'))).toEqual([])
})

test.each([
  ['surveys/nps.yaml', 'survey'],
  ['surveys/deep/nps.yaml', 'survey'],
  ['scenarios/a.yaml', 'scenario'],
  ['loyalty/shops.yaml', 'shops'],
  ['loyalty/shops.yaml.bak.yaml', undefined],
  ['old/surveys/nps.yaml', undefined],
  ['surveys.yaml', undefined]
])('%s is read as %s', (path, expected) => expect(kindFor(kinds, path)?.kind).toBe(expected))

test('one key in two kinds is no double; in one kind the second is told of the first', () => {
  const files = ['surveys/a.yaml', 'scenarios/a.yaml', 'surveys/b.yaml'].map((path) => ({ path, text: 'same' }))
  const { good, faults, ignored } = checkFiles(kinds, files)
  expect(good.map((file) => `${file.kind.kind} ${file.key}`)).toEqual(['survey same', 'scenario same', 'survey same'])
  expect(faults.map(faultLine)).toEqual([
    'surveys/b.yaml:1:1 surveys/a.yaml is called "same" too: give one of them another name'
  ])
  expect(ignored).toEqual([])
})

test('every fault of every file is told at once, and the good files are still found good', () => {
  const broken = (path: string) => ({ path, text: 'a: [' })
  const { good, faults } = checkFiles(kinds, [
    broken('surveys/a.yaml'),
    { path: 'surveys/b.yaml', text: 'b' },
    broken('scenarios/c.yaml')
  ])
  expect(good.map(({ path }) => path)).toEqual(['surveys/b.yaml'])
  expect([...new Set(faults.map(({ path }) => path))]).toEqual(['surveys/a.yaml', 'scenarios/c.yaml'])
})
