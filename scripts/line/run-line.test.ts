import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../test/support/database.ts'
import { openStore, runLine } from './run-line.ts'

const db = useDatabase()

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await runLine(args, {
    env: { PUBLIC_URL: 'https://matane.example' },
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    open: async () => ({ ...db(), close: async () => undefined })
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('npm run line -- counter', () => {
  test('prints the address of each shop, from the first minute on, the same each time', async () => {
    const first = await run('counter')
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out.split('\n')).toEqual([
      expect.stringMatching(/^吉祥寺店\thttps:.*kichijoji/),
      expect.stringMatching(/^下北沢店\thttps:.*shimokitazawa/),
      expect.stringMatching(/^鎌倉店\thttps:\/\/matane\.example\/counter\/kamakura\?key=[\w-]{32}$/)
    ])
    expect((await run('counter')).out).toBe(first.out)
  })

  test('prints one shop, for programs too', async () => {
    const { code, out } = await run('counter', 'kamakura', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual([
      {
        shop: 'kamakura',
        name: { ja: '鎌倉店', en: 'Kamakura' },
        url: expect.stringContaining('/counter/kamakura?key=')
      }
    ])
  })

  test('gives one shop a new address and leaves the others theirs', async () => {
    const before = JSON.parse((await run('counter', '--json')).out)
    const rotated = JSON.parse((await run('counter', '--rotate', 'kichijoji', '--json')).out)
    const after = JSON.parse((await run('counter', '--json')).out)
    expect(rotated).toEqual([after[0]])
    expect(after[0].url).not.toBe(before[0].url)
    expect(after.slice(1)).toEqual(before.slice(1))
  })

  test('knows no other shops and says which there are', async () => {
    for (const args of [['shibuya'], ['--rotate', 'shibuya']]) {
      expect(await run('counter', ...args)).toEqual({
        code: 1,
        out: '',
        err: 'There is no shop "shibuya". The shops are: kichijoji, shimokitazawa, kamakura'
      })
    }
  })

  test('says so when something else than a server holds the embedded database', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'matane-line-'))
    mkdirSync(join(dataDir, 'postgres'))
    const held = new DatabaseSync(join(dataDir, 'postgres.lock'))
    held.exec('BEGIN EXCLUSIVE')
    const err: string[] = []
    const io = { env: { MATANE_DATA_DIR: dataDir }, out: () => undefined, err: (text: string) => void err.push(text) }
    expect(await runLine(['counter'], { ...io, open: openStore })).toBe(1)
    expect(err.join()).toMatch(/in use by another process/)
    held.close()
    rmSync(dataDir, { recursive: true })
  })
})

describe('npm run line, wrongly used', () => {
  test.each([[[]], [['menu']], [['counter', 'a', 'b']], [['counter', '--what']], [['counter', 'a', '--rotate', 'b']]])(
    '%j is answered with how to use it',
    async (args) =>
      expect(await run(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('npm run line') })
  )

  test('--help explains and succeeds', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, err: '', out: expect.stringContaining('--rotate') })
  })

  test('a faulty environment is named', async () => {
    const err: string[] = []
    const env = { PORT: 'many' }
    expect(
      await runLine(['counter'], { env, out: () => undefined, err: (text) => void err.push(text), open: openStore })
    ).toBe(1)
    expect(err.join()).toContain('PORT')
  })
})
