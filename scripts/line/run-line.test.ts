import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../test/support/database.ts'
import { openStore } from '../open-store.ts'
import { runLine } from './run-line.ts'

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

describe('npm run line -- ref', () => {
  test('makes a link, and a QR code to be printed, that tell where a customer found us', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'matane-ref-'))
    try {
      const svg = join(folder, 'poster.svg')
      const png = join(folder, 'poster.png')
      const files = ['--svg', svg, '--png', png]
      const { code, out } = await run('ref', 'create', 'Poster-A', '--label', '駅前のポスター', ...files)
      expect(code).toBe(0)
      expect(decodeURIComponent(out)).toBe('https://line.me/R/oaMessage/@matane/?はじめまして（ref: poster-a）')
      expect(readFileSync(svg, 'utf8')).toMatch(/^<svg /)
      expect(readFileSync(png).toString('latin1', 1, 4)).toBe('PNG')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('lists the codes with whom they brought, for programs too', async () => {
    expect((await run('ref', 'list')).out).toContain('No codes yet')
    await run('ref', 'create', 'poster-a', '--label', '駅前のポスター')
    expect((await run('ref', 'list')).out).toBe('poster-a\t駅前のポスター\t0 first\t0 last')
    expect(JSON.parse((await run('ref', 'list', '--json')).out)).toMatchObject([
      { code: 'poster-a', first: 0, last: 0 }
    ])
  })

  test('refuses a code that cannot be one, and one that is there', async () => {
    expect(await run('ref', 'create', '駅前')).toMatchObject({
      code: 1,
      err: expect.stringContaining('1 to 32 letters')
    })
    await run('ref', 'create', 'a')
    expect(await run('ref', 'create', 'a')).toMatchObject({ code: 1, err: expect.stringContaining('ref list') })
    expect(await run('ref', 'create')).toMatchObject({ code: 2, err: expect.stringContaining('npm run line') })
    expect(await run('ref', 'list', 'x')).toMatchObject({ code: 2 })
  })
})
