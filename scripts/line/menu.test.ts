import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../test/support/database.ts'
import { menuWorld } from '../../test/support/menu-world.ts'
import { runLine } from './run-line.ts'

const db = useDatabase()

async function world() {
  const at = await menuWorld()
  const run = async (env: Record<string, string>, ...args: string[]) => {
    const [out, err]: [string[], string[]] = [[], []]
    const code = await runLine(['menu', ...args], {
      env,
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      open: async () => ({ ...db(), close: async () => undefined })
    })
    return { code, out: out.join('\n'), err: err.join('\n') }
  }
  return { ...at, run: (...args: string[]) => run(at.env, ...args), inSandbox: () => run({}, 'sync') }
}

describe('npm run line -- menu sync', () => {
  test('brings the menus as they come to LINE from the first minute on; a dry run only says so', async () => {
    const { run, menus } = await world()
    const dry = await run('sync', '--dry-run')
    expect(dry).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/new {6}default\.ja\n[\s\S]*Nothing was changed/)
    })
    expect(menus()).toEqual([])
    expect(await run('sync')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/new {6}gold\.ja\n[\s\S]*default {2}every/)
    })
    expect(menus()).toHaveLength(6)
    const again = await run('sync', '--json')
    expect(JSON.parse(again.out)).toMatchObject({ dryRun: false, created: [], kept: { length: 6 }, removed: 0 })
  })

  test('says what LINE has against it, and changes nothing in the sandbox', async () => {
    const { run, line, inSandbox } = await world()
    line.faults.failNext('/richmenu/list', { status: 401, body: { message: 'Authentication failed' } })
    expect(await run('sync')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('LINE_CHANNEL_ACCESS_TOKEN')
    })
    expect(await inSandbox()).toMatchObject({ code: 1, err: expect.stringContaining('sandbox') })
  })

  test.each([[[]], [['sink']], [['sync', 'x']]])('%j is answered with how to use it', async (args) => {
    const { run } = await world()
    expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining('menu sync') })
  })
})
