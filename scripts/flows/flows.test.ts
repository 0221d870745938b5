import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { TEXTS as CUSTOMER_TEXTS } from '../../src/features/customers/texts.ts'
import { useDataFolders } from '../../test/support/data-folder.ts'
import { makeFolder } from '../../test/support/folder.ts'
import { runFlows } from './run-flows.ts'
import { UsageError } from './usage.ts'

const migratedFolder = useDataFolders()
const folder = makeFolder()
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())

const BROKEN = join(folder, 'broken.yaml')
writeFileSync(
  BROKEN,
  'id: x\nkind: survey\nconsent: research\ntrigger: { event: visit }\nsteps: [{ id: a, do: say }]\n'
)

const NOTHING_SAID = 'nothing is said: write "text: …", "image: …" or "card: …"'

async function flows(...args: string[]): Promise<{ status: number; said: string }> {
  let said = ''
  const status = await runFlows(args, (text) => {
    said += text
  })
  return { status, said }
}

test('check finds nothing wrong in what is shipped', async () => {
  const { status, said } = await flows('check')
  expect(said).toContain('ok  flows/surveys/nps.yaml (survey nps)')
  expect(status).toBe(0)
})

test('check takes files and folders by name, wherever they are', async () => {
  const good = join(folder, 'good.yaml')
  writeFileSync(
    good,
    'id: x\nkind: scenario\nconsent: service\ntrigger: { event: visit }\nsteps: [{ id: a, do: exit }]\n'
  )
  expect(await flows('check', good, 'flows/surveys/nps.yaml')).toMatchObject({
    status: 0,
    said: expect.stringContaining('2 good')
  })
})

test('check notes where taps on buttons will not be counted, and finds nothing wrong with that', async () => {
  const opening = join(folder, 'opening.yaml')
  const words = '{ ja: x, en: x }'
  const button = `{ label: ${words}, open: https://shop.example.com/ }`
  const step = `{ id: a, do: say, text: ${words}, buttons: [${button}] }`
  writeFileSync(opening, `id: x\nkind: scenario\nconsent: service\ntrigger: { event: visit }\nsteps: [${step}]\n`)
  const note = `note ${opening}: taps on its buttons are not counted`
  expect(await flows('check', opening)).toMatchObject({ status: 0, said: expect.not.stringContaining(note) })
  const line = { LINE_CHANNEL_SECRET: '0'.repeat(32), LINE_CHANNEL_ACCESS_TOKEN: 'token', LINE_BOT_ID: '@123abcde' }
  const slack = {
    SLACK_SIGNING_SECRET: '0'.repeat(32),
    SLACK_BOT_TOKEN: 'xoxb-1-2-3',
    SLACK_ALERT_CHANNEL: 'C0123456789'
  }
  for (const [name, value] of Object.entries({ ...line, ...slack })) vi.stubEnv(name, value)
  expect(await flows('check', opening)).toMatchObject({ status: 0, said: expect.stringContaining(note) })
  vi.stubEnv('PUBLIC_URL', 'https://matane.example.com')
  expect(await flows('check', opening)).toMatchObject({ status: 0, said: expect.not.stringContaining(note) })
})

test('check names file, line and column, for people and for machines, and fails', async () => {
  const { status, said } = await flows('check', BROKEN)
  expect(said).toContain(`${BROKEN}:5:9 ${NOTHING_SAID}`)
  expect(status).toBe(1)
  const machine = await flows('check', '--json', BROKEN)
  expect(JSON.parse(machine.said)).toEqual({
    ok: false,
    files: [],
    faults: [{ path: BROKEN, line: 5, column: 9, message: NOTHING_SAID }],
    ignored: []
  })
  expect(machine.status).toBe(1)
})

test('a diagram and a conversation come out of a file', async () => {
  expect((await flows('diagram', 'flows/surveys/nps.yaml')).said).toMatch(/^flowchart TD\n/)
  const played = await flows('simulate', 'flows/surveys/nps.yaml', 'wait 26h', '9', '--locale', 'en')
  expect(played.said).toContain('1d 2h     matane    That makes our day, thank you!')
  expect(played.status).toBe(0)
  const machine = await flows('simulate', '--json', 'flows/surveys/nps.yaml', '9')
  expect(JSON.parse(machine.said)).toMatchObject({ ended: true, facts: { score: 9 } })
  expect((await flows('simulate', BROKEN)).status).toBe(1)
})

test('a conversation knows of the customer what it is told', async () => {
  const file = join(folder, 'known.yaml')
  const when = "{ 'customer.visits': { gte: 3 }, 'customer.tags': { includes: VIP } }"
  const steps = `[{ id: b, do: branch, next: [{ when: ${when}, to: a }, { to: exit }] }, { id: a, do: say, text: { ja: やあ, en: Hi } }]`
  writeFileSync(file, `id: x\nkind: scenario\nconsent: service\ntrigger: { event: visit }\nsteps: ${steps}\n`)
  const known = (facts: string) => flows('simulate', file, '--customer', facts)
  expect((await known('customer.visits=3,customer.tags=VIP,customer.tags=常連')).said).toContain('やあ')
  expect((await flows('simulate', file)).said).not.toContain('やあ')
  await expect(known('customer.visits=three')).rejects.toThrow(UsageError)
})

test('the printed schema is the one beside the files', async () => {
  const { said } = await flows('schema')
  expect(JSON.parse(said)).toMatchObject({ properties: { kind: { enum: ['survey', 'scenario'] } } })
})

test.each([
  [['paint'], 'no command "paint"'],
  [['check', 'nowhere.yaml'], 'no file nowhere.yaml'],
  [['check', 'flows/flow.schema.json'], 'Nothing takes flows/flow.schema.json'],
  [['check', '--colour'], '--colour'],
  [['publish', BROKEN], 'Nothing takes'],
  [['diagram'], 'Name the file'],
  [['toString'], 'no command']
])('%j is not understood, and it is said why', async (args, why) => {
  const running = flows(...args)
  await expect(running).rejects.toThrow(UsageError)
  await expect(running).rejects.toThrow(why)
})

test('each command has help', async () => {
  for (const name of ['check', 'diff', 'publish', 'migrate', 'diagram', 'simulate', 'schema'])
    expect(await flows(name, '--help')).toEqual({
      status: 0,
      said: expect.stringContaining(`npm run flows -- ${name}`)
    })
  expect((await flows()).status).toBe(2)
})

test('publish puts the files into force, and a second time finds nothing new', async () => {
  vi.stubEnv('MATANE_DATA_DIR', migratedFolder())
  vi.stubEnv('DATABASE_URL', undefined)
  expect((await flows('publish')).said).toContain('new   flows/surveys/nps.yaml (survey nps, version 1)')
  expect(await flows('publish')).toEqual({
    status: 0,
    said: expect.stringContaining('same  flows/surveys/nps.yaml (survey nps, version 1)')
  })

  const edited = join(folder, 'nps.yaml')
  const nps = readFileSync('flows/surveys/nps.yaml', 'utf8')
  writeFileSync(edited, nps.replace('once_per: 90d', 'once_per: 60d').replace('add: 理由未回答', 'remove: 理由未回答'))
  expect((await flows('diff', edited)).said.split('\n').slice(1, -1)).toEqual([
    '  - steps.silent.add: "理由未回答"',
    '  + steps.silent.remove: "理由未回答"',
    '  ~ trigger.once_per: "90d" → "60d"'
  ])
  expect((await flows('diff', 'flows/surveys')).said).toContain('same  flows/surveys/nps.yaml')
  expect((await flows('diff', BROKEN)).status).toBe(1)

  expect((await flows('migrate', 'nps', 'score=score')).said).toContain('Nobody waits in an older version of nps')
  expect(await flows('migrate', 'nothing', '--json')).toEqual({ status: 1, said: expect.stringContaining('nothing') })
  await expect(flows('migrate', 'nps', 'score')).rejects.toThrow('"score" is no move')
  await expect(flows('migrate')).rejects.toThrow('Name a survey')
}, 120_000)

test('the program writes what was asked for, and ends with the code', () => {
  const program = spawnFlows('check', BROKEN)
  expect(program).toMatchObject({ status: 1, stdout: expect.stringContaining(`${BROKEN}:5:9 ${NOTHING_SAID}`) })
}, 120_000)

test('a command that is not understood ends with 2 and says where help is', () => {
  expect(spawnFlows('paint')).toMatchObject({ status: 2, stderr: expect.stringContaining('npm run flows -- --help') })
}, 120_000)

test('route tells where messages would go, from a file and from standard input', async () => {
  const file = join(folder, 'messages.txt')
  writeFileSync(
    file,
    '\uFEFF８\r\n12点\nスタンプ\n連携\n退会したい\n\n30分も待たされました\n駐車場はありますか\n解約金はいくら?\n'
  )
  const { status, said } = await flows('route', file, '--json')
  expect(status).toBe(0)
  const routed = said
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(routed.map(({ text, route }) => [text, route])).toEqual([
    ['８', 'answer'],
    ['12点', 'answer'],
    ['スタンプ', 'command'],
    ['連携', 'command'],
    ['退会したい', 'follow_up'],
    ['30分も待たされました', 'follow_up'],
    ['駐車場はありますか', 'staff'],
    ['解約金はいくら?', 'staff']
  ])
  expect(routed[4]).toEqual({
    ...{ text: '退会したい', cancelIntent: 'yes', complaint: false, route: 'follow_up' },
    why: 'leaving: 「退会したい」'
  })
  const { stdout } = spawnSync(process.execPath, ['scripts/flows.ts', 'route'], {
    encoding: 'utf8',
    input: 'やめたいです\n'
  })
  expect(stdout).toBe('follow_up  やめたいです\n           leaving: 「やめたいです」\n')
})

test('route knows every word that customers are told', async () => {
  const file = join(folder, 'words.txt')
  const words = Object.values(CUSTOMER_TEXTS).flatMap(({ always, atLast }) =>
    [...always, ...atLast].map(({ word }) => word)
  )
  writeFileSync(file, words.join('\n'))
  const { said } = await flows('route', file, '--json')
  expect(
    said
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).route)
  ).toEqual(words.map(() => 'command'))
})

/** As a process of its own, the way npm runs it. */
function spawnFlows(...args: string[]) {
  const env = { ...process.env, INIT_CWD: undefined }
  return spawnSync(process.execPath, ['scripts/flows.ts', ...args], { encoding: 'utf8', env })
}
