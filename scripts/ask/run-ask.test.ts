import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../test/support/database.ts'
import { visitor } from '../../test/support/visits.ts'
import { runAsk } from './run-ask.ts'

const NOW = ['--now', '2026-11-21T10:00:00+09:00']

const db = useDatabase()

async function ask(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  let opened = 0
  const code = await runAsk(args, {
    env: {},
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    async open() {
      opened += 1
      return { ...db(), close: async () => undefined }
    }
  })
  return { code, out: out.join('\n'), err: err.join('\n'), opened }
}

beforeEach(() => visitor(db(), { scores: [['2026-11-10T03:00:00Z', 10]] }))

describe('npm run ask', () => {
  it('answers for people, in the language of the question', async () => {
    const japanese = await ask('nps 今月', ...NOW)
    expect(japanese).toMatchObject({ code: 0, err: '' })
    expect(japanese.out).toMatch(/^NPS 100 \[途中\]\n {2}期間: 2026年11月1日/)
    expect((await ask('nps', 'this', 'month', ...NOW)).out).toMatch(/^NPS 100 \[partial\]/)
  })

  it('answers for programs', async () => {
    const { code, out } = await ask('nps 今月', '--json', '--as', 'viewer', ...NOW)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ query: { metric: 'nps' }, figure: { value: 100, n: 1 } })
  })

  it('shows how a question is understood without opening a database', async () => {
    const { code, out, opened } = await ask('継続率 先月', '--parse', ...NOW)
    expect({ code, opened }).toEqual({ code: 0, opened: 0 })
    expect(JSON.parse(out)).toMatchObject({ metric: 'retention', period: { from: '2026-10-01', to: '2026-10-31' } })
  })

  it('says what it could not understand, with examples, and fails', async () => {
    const { code, err } = await ask('売上 先月', ...NOW)
    expect(code).toBe(1)
    expect(err).toContain('「売上」')
    expect(JSON.parse((await ask('売上', '--parse')).out)).toMatchObject({ fault: { kind: 'unknown_words' } })
  })

  it.each([[[]], [['nps', '--now', 'yesterday']], [['nps', '--as', 'king']], [['nps', '--frob']]])(
    'explains itself for %j',
    async (args) => {
      const { code, err, opened } = await ask(...args)
      expect({ code, opened }).toEqual({ code: 2, opened: 0 })
      expect(err).toContain('npm run ask')
    }
  )

  it('says why the database cannot be opened', async () => {
    const lines: string[] = []
    const code = await runAsk(['nps'], {
      ...{ env: {}, out: () => undefined, err: (text) => void lines.push(text) },
      open: async () => {
        throw new Error('The folder is in use by another process')
      }
    })
    expect(code).toBe(1)
    expect(lines.join()).toContain('in use by another process')
  })

  it('helps', async () => {
    expect(await ask('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--parse') })
  })
})
