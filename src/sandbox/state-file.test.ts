import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createClock } from './clock.ts'
import { createFakes, newSecrets, restoreFakes } from './fakes.ts'
import { createFeed } from './feed.ts'
import { loadSandbox, type SandboxFile, sandboxSaver } from './state-file.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'matane-sandbox-'))
  path = join(folder, 'inner', 'sandbox.json')
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true })
})

function aFile(): SandboxFile {
  const secrets = newSecrets()
  const clock = createClock()
  const fakes = createFakes({ secrets, clock, feed: createFeed(() => {}), product: () => undefined, origin: () => '' })
  restoreFakes(fakes, undefined, secrets.lineChannelSecret)
  const jumps = [{ atMs: 5, aheadMs: 7 }]
  return { version: 1, secrets, jumps, line: fakes.line.snapshot(), slack: fakes.slack.snapshot() }
}

test('what was saved is what is loaded, and only the owner may read it', () => {
  const file = aFile()
  sandboxSaver(path, () => file).flush()
  expect(loadSandbox(path)).toEqual({ saved: JSON.parse(JSON.stringify(file)) })
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(folder, 'inner'))).toEqual(['sandbox.json'])
})

test('many changes are saved once, soon after', () => {
  vi.useFakeTimers()
  let saves = 0
  const saver = sandboxSaver(path, () => {
    saves += 1
    return aFile()
  })
  for (let change = 0; change < 50; change += 1) saver.changed()
  expect(saves).toBe(0)
  vi.advanceTimersByTime(1000)
  expect(saves).toBe(1)
  saver.changed()
  saver.flush()
  vi.advanceTimersByTime(1000)
  expect(saves).toBe(2)
})

test('nothing saved yet is no fault', () => expect(loadSandbox(path)).toEqual({ saved: undefined }))

test.each(['', '{', '{"version":2}', 'null', '[]'])('the file %j is put aside, not overwritten', (content) => {
  const there = join(folder, 'sandbox.json')
  writeFileSync(there, content)
  expect(loadSandbox(there).fault).toContain('put aside')
  expect(existsSync(there)).toBe(false)
  expect(readFileSync(`${there}.unreadable`, 'utf8')).toBe(content)
})

test('no two sandboxes have a secret in common', () => {
  const all = [newSecrets(), newSecrets()].flatMap((secrets) => Object.values(secrets))
  expect(new Set(all).size).toBe(8)
  expect(Math.min(...all.map((secret) => secret.length))).toBeGreaterThanOrEqual(32)
})
