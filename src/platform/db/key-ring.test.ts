import fs, { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { useFolders } from '../../../test/support/folder.ts'
import { recordLog } from '../../../test/support/log.ts'
import { startProgram } from '../../../test/support/program.ts'
import { KEY_FILE, openKeyRing } from './key-ring.ts'

const folder = useFolders()
const KEY = `env:${Buffer.alloc(32, 7).toString('base64')}`

function open(dataDir: string, more: { encryptionKeys?: string[]; databaseUrl?: string } = {}) {
  const log = recordLog()
  const ring = openKeyRing({ dataDir, encryptionKeys: more.encryptionKeys, databaseUrl: more.databaseUrl }, log)
  return { ring, log }
}

test('the first start makes a key that only its owner may read, and says that it must be kept', () => {
  const dataDir = join(folder(), 'new', 'data')
  const { ring, log } = open(dataDir)
  expect(ring.map(({ id, bytes }) => [id, bytes.length])).toEqual([['k1', 32]])
  expect(statSync(join(dataDir, KEY_FILE)).mode & 0o777).toBe(0o600)
  expect(readdirSync(dataDir)).toEqual([KEY_FILE])
  expect(log.lines).toHaveLength(1)
  expect(log.text()).toMatch(/keep a copy/)
  expect(log.text()).not.toContain(readFileSync(join(dataDir, KEY_FILE), 'utf8').trim().slice(3))
})

test('the next start uses the same key, quietly', () => {
  const dataDir = folder()
  const first = open(dataDir)
  const second = open(dataDir)
  expect(second.ring).toEqual(first.ring)
  expect(second.log.lines).toEqual([])
})

test('two folders never share a key', () => {
  expect(open(folder()).ring).not.toEqual(open(folder()).ring)
})

test('a key that another process made a moment ago is never replaced', () => {
  const dataDir = folder()
  const first = open(dataDir)
  const looked = vi.spyOn(fs, 'existsSync').mockReturnValueOnce(false)
  expect(open(dataDir).ring).toEqual(first.ring)
  looked.mockRestore()
  expect(readdirSync(dataDir)).toEqual([KEY_FILE])
})

test('processes that start at the same moment agree on one key', async () => {
  const dataDir = folder()
  const programs = Array.from({ length: 4 }, () => startProgram('test/programs/make-key.ts', [dataDir]))
  expect(await Promise.all(programs.map(({ ended }) => ended))).toEqual([0, 0, 0, 0])
  expect(new Set(programs.map(({ out }) => out())).size).toBe(1)
})

test('with a database on a server the warning is louder, and comes at every start', () => {
  const dataDir = folder()
  open(dataDir)
  expect(open(dataDir, { databaseUrl: 'postgresql://h/d' }).log.text()).toMatch(/MATANE_ENCRYPTION_KEYS/)
})

test('configured keys are used alone: no file, no warning', () => {
  const dataDir = folder()
  const { ring, log } = open(dataDir, { encryptionKeys: [KEY] })
  expect(ring.map(({ id }) => id)).toEqual(['env'])
  expect(readdirSync(dataDir)).toEqual([])
  expect(log.lines).toEqual([])
})

test.each(['', 'garbage', 'k1:AAAA'])(
  'a damaged key file ("%s") is an error, never replaced by a new key',
  (content) => {
    const dataDir = folder()
    const file = join(dataDir, KEY_FILE)
    writeFileSync(file, content)
    expect(() => open(dataDir)).toThrow(/encryption\.key.*backup/)
    expect(readFileSync(file, 'utf8')).toBe(content)
  }
)

test('a key file may hold older keys below the newest', () => {
  const dataDir = folder()
  open(dataDir)
  const file = join(dataDir, KEY_FILE)
  writeFileSync(file, `${KEY}\n${readFileSync(file, 'utf8')}`)
  chmodSync(file, 0o600)
  expect(open(dataDir).ring.map(({ id }) => id)).toEqual(['env', 'k1'])
})
