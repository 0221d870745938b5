import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { useFolders } from '../test/support/folder.ts'

const folder = useFolders()
const LOCK = (version: string) => JSON.stringify({ packages: { '': {}, 'node_modules/a': { version } } })

/** Stands in for npm: notes that it was called, and "installs" what run.mjs needs. */
const NPM = `
const fs = require('node:fs')
fs.appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n')
console.log('npm says something on its output')
if (process.env.NPM_FAILS) process.exit(7)
for (const dir of ['.bin', 'node/bin', 'prisma', 'vitest']) fs.mkdirSync('node_modules/' + dir, { recursive: true })
fs.rmSync('node_modules/node/bin/node', { force: true })
fs.symlinkSync(process.execPath, 'node_modules/node/bin/node')
fs.rmSync('node_modules/.bin/node', { force: true })
fs.symlinkSync('../node/bin/node', 'node_modules/.bin/node')
fs.writeFileSync('node_modules/prisma/package.json', '{}')
fs.writeFileSync('node_modules/.bin/prisma', '#!/bin/sh\\necho "prisma $*" >> calls\\nmkdir -p src/generated\\n', { mode: 0o755 })
fs.writeFileSync('node_modules/.bin/tool', '#!/bin/sh\\necho "tool $* $FROM_DOTENV"\\nexit 5\\n', { mode: 0o755 })
fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json')
`

/** A project as after cloning: run.mjs, a lockfile, a schema, and a program to run. */
function project(root = folder()): string {
  fs.mkdirSync(root, { recursive: true })
  for (const dir of ['scripts', 'prisma', 'src', 'tools']) fs.mkdirSync(join(root, dir))
  fs.copyFileSync(join(import.meta.dirname, 'run.mjs'), join(root, 'scripts/run.mjs'))
  fs.writeFileSync(join(root, 'package-lock.json'), LOCK('1.0.0'))
  fs.writeFileSync(join(root, 'prisma/schema.prisma'), 'model A {}')
  fs.writeFileSync(join(root, 'prisma.config.ts'), '')
  fs.writeFileSync(join(root, 'tools/npm-cli.js'), NPM)
  fs.writeFileSync(
    join(root, 'src/main.mjs'),
    'console.log(JSON.stringify([process.argv.slice(2), process.env.FROM_DOTENV])); process.exit(Number(process.argv[2] ?? 0))'
  )
  return root
}

function run(root: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const done = spawnSync(process.execPath, [join(root, 'scripts/run.mjs'), ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, npm_execpath: join(root, 'tools/npm-cli.js'), ...env }
  })
  return { code: done.status, out: done.stdout, err: done.stderr, calls: callsOf(root) }
}

/** The same without waiting for its end. */
async function background(root: string) {
  const child = spawn(process.execPath, [join(root, 'scripts/run.mjs'), 'src/main.mjs'], {
    cwd: root,
    env: { ...process.env, npm_execpath: join(root, 'tools/npm-cli.js') }
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (data) => {
    out += data
  })
  child.stderr.on('data', (data) => {
    err += data
  })
  const [code] = await once(child, 'close')
  return { code, out, err }
}

/** What was installed and generated since the last time. */
function callsOf(root: string): string[] {
  const file = join(root, 'calls')
  if (!fs.existsSync(file)) return []
  const calls = fs.readFileSync(file, 'utf8').trim().split('\n')
  fs.rmSync(file)
  return calls
}

test('a fresh clone is installed from the lockfile and generated, then runs; all of that is said on standard error', () => {
  const root = project()
  const first = run(root, ['src/main.mjs'])
  expect(first.calls).toEqual(['ci --no-audit --no-fund --loglevel=error', 'prisma generate'])
  expect(first).toMatchObject({ code: 0, out: '[[],null]\n' })
  expect(first.err).toMatch(/Installing.*\n[\s\S]*Generating/)
})

test('the second time nothing is done or said', () => {
  const root = project()
  run(root, ['src/main.mjs'])
  expect(run(root, ['src/main.mjs'])).toEqual({ code: 0, out: '[[],null]\n', err: '', calls: [] })
})

describe('it prepares again', () => {
  const CI = 'ci --no-audit --no-fund --loglevel=error'
  const later = new Date(Date.now() + 60_000)
  test.each<[string, (root: string) => void, string[]]>([
    [
      'when the lockfile asks for other versions',
      (root) => {
        fs.writeFileSync(join(root, 'package-lock.json'), LOCK('2.0.0'))
        fs.utimesSync(join(root, 'package-lock.json'), later, later)
      },
      [CI]
    ],
    [
      'but not when the lockfile is only newer',
      (root) => fs.utimesSync(join(root, 'package-lock.json'), later, later),
      []
    ],
    [
      'after an installation that was interrupted',
      (root) => fs.rmSync(join(root, 'node_modules/.package-lock.json')),
      [CI]
    ],
    ['when its Node is missing', (root) => fs.rmSync(join(root, 'node_modules/node'), { recursive: true }), [CI]],
    [
      'when the data model changed',
      (root) => fs.writeFileSync(join(root, 'prisma/schema.prisma'), 'model B {}'),
      ['prisma generate']
    ],
    [
      'when the generated client was deleted',
      (root) => fs.rmSync(join(root, 'src/generated'), { recursive: true }),
      ['prisma generate']
    ]
  ])('%s', (_when, change, calls) => {
    const root = project()
    run(root, ['src/main.mjs'])
    change(root)
    expect(run(root, ['src/main.mjs'])).toMatchObject({ code: 0, calls })
  })
})

describe('one at a time', () => {
  /** An npm that takes its time, and notes when another one is at work. */
  const SLOW = `{
const fs = require('node:fs')
fs.appendFileSync('calls', fs.existsSync('busy') ? 'TWO AT ONCE\\n' : '')
fs.writeFileSync('busy', '')
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700)
fs.rmSync('busy')
}
${NPM}`

  test('two commands on a fresh clone: one installs, the other waits for it and then runs as well', async () => {
    const root = project()
    fs.writeFileSync(join(root, 'tools/npm-cli.js'), SLOW)
    const both = await Promise.all([background(root), background(root)])
    expect(both.map(({ code, out }) => [code, out])).toEqual([
      [0, '[[],null]\n'],
      [0, '[[],null]\n']
    ])
    expect(callsOf(root)).toEqual(['ci --no-audit --no-fund --loglevel=error', 'prisma generate'])
    expect(both.map(({ err }) => /Another command is installing/.test(err)).sort()).toEqual([false, true])
    expect(fs.existsSync(join(root, '.preparing'))).toBe(false)
  })

  test.each(['99999999', String(process.pid)])(
    'a turn left by a killed command (%s) holds up nobody for ever',
    (holder) => {
      const root = project()
      fs.writeFileSync(join(root, '.preparing'), holder)
      const old = new Date(Date.now() - 3_600_000)
      fs.utimesSync(join(root, '.preparing'), old, old)
      expect(run(root, ['src/main.mjs'])).toMatchObject({ code: 0, out: '[[],null]\n' })
    }
  )

  test('an installation that failed gives its turn back', () => {
    const root = project()
    run(root, ['src/main.mjs'], { NPM_FAILS: '1' })
    expect(fs.existsSync(join(root, '.preparing'))).toBe(false)
  })
})

test('broken off by Ctrl-C in the middle of installing, the next start installs again', async () => {
  const root = project()
  fs.writeFileSync(
    join(root, 'tools/npm-cli.js'),
    `require('node:fs').writeFileSync('begun', ''); setInterval(() => {}, 1000)`
  )
  const child = spawn(process.execPath, [join(root, 'scripts/run.mjs'), 'src/main.mjs'], {
    cwd: root,
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, npm_execpath: join(root, 'tools/npm-cli.js') }
  })
  await expect.poll(() => fs.existsSync(join(root, 'begun')), { timeout: 10_000 }).toBe(true)
  const ended = once(child, 'exit')
  // As a terminal does: to the whole group.
  process.kill(-(child.pid ?? expect.fail('no process')), 'SIGINT')
  await ended
  fs.writeFileSync(join(root, 'tools/npm-cli.js'), NPM)
  expect(run(root, ['src/main.mjs'])).toMatchObject({ code: 0, out: '[[],null]\n' })
})

test('what is ready runs without writing anything, for a checkout that is read-only', () => {
  const root = project()
  run(root, ['src/main.mjs'])
  const before = fs.readdirSync(root, { recursive: true }).length
  // Stands in for a read-only folder, which root could write all the same: a turn could not be taken.
  fs.mkdirSync(join(root, '.preparing'))
  expect(run(root, ['src/main.mjs'])).toMatchObject({ code: 0, err: '' })
  expect(fs.readdirSync(root, { recursive: true }).length).toBe(before + 1)
})

test('a path with spaces and Japanese characters is a path like any other', () => {
  const root = project(join(folder(), 'また ね "β"'))
  fs.writeFileSync(join(root, '.env'), 'FROM_DOTENV=はい\n')
  expect(run(root, ['src/main.mjs'])).toMatchObject({ code: 0, out: '[[],"はい"]\n' })
  expect(run(root, ['--bin', 'tool', 'a b'])).toMatchObject({ code: 5, out: 'tool a b \n' })
})

test('an installation that fails ends it, with the exit code and what failed', () => {
  const result = run(project(), ['src/main.mjs'], { NPM_FAILS: '1' })
  expect(result).toMatchObject({ code: 7, out: '' })
  expect(result.err).toMatch(/Could not finish: Installing/)
})

test('arguments, output and exit code are those of the program', () => {
  const root = project()
  expect(run(root, ['src/main.mjs', '3', '--json', 'ein Wort'])).toMatchObject({
    code: 3,
    out: '[["3","--json","ein Wort"],null]\n'
  })
})

test('options of Node come before the file, and its arguments behind it', () => {
  const root = project()
  expect(run(root, ['--title=x', 'src/main.mjs', '0']).out).toBe('[["0"],null]\n')
  expect(run(root, ['--require=./nowhere.cjs', 'src/main.mjs']).err).toContain('nowhere.cjs')
})

test('.env is for the files of the project, not for tools such as the tests', () => {
  const root = project()
  fs.writeFileSync(join(root, '.env'), 'FROM_DOTENV=yes\n')
  expect(run(root, ['src/main.mjs']).out).toBe('[[],"yes"]\n')
  expect(run(root, ['--bin', 'tool', 'a', 'b'])).toMatchObject({ code: 5, out: 'tool a b \n' })
})

test('without anything to run it says how it is used', () => {
  const { code, err } = run(project(), [])
  expect([code, /Say what to run/.test(err)]).toEqual([2, true])
})

describe('signals', () => {
  /** Counts them, and ends itself a moment after the first. */
  const COUNTER = `
let count = 0
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
  count += 1
  if (count === 1) setTimeout(() => { console.log('stopped after ' + count); process.exit(4) }, 300)
})
setInterval(() => {}, 1000)
console.log('ready')`

  async function started() {
    const root = project()
    run(root, ['src/main.mjs'])
    fs.writeFileSync(join(root, 'src/counter.mjs'), COUNTER)
    const child = spawn(process.execPath, [join(root, 'scripts/run.mjs'), 'src/counter.mjs'], {
      stdio: ['ignore', 'pipe', 'ignore']
    })
    let out = ''
    child.stdout.on('data', (data) => {
      out += data
    })
    await expect.poll(() => out, { timeout: 10_000 }).toContain('ready')
    return { child, out: () => out }
  }

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s reaches the program once, even when npm repeats it, and its end is waited for',
    async (signal) => {
      const { child, out } = await started()
      child.kill(signal)
      child.kill(signal)
      const [code] = await once(child, 'exit')
      expect(code).toBe(4)
      await expect.poll(out).toContain('stopped after 1')
    }
  )

  test('a program that a signal ends gives the usual exit code', async () => {
    const root = project()
    run(root, ['src/main.mjs'])
    fs.writeFileSync(join(root, 'src/die.mjs'), 'process.kill(process.pid, "SIGKILL")')
    expect(run(root, ['src/die.mjs']).code).toBe(137)
  })
})

test('Node 18 can read it: no newer syntax or globals', () => {
  const text = fs.readFileSync(join(import.meta.dirname, 'run.mjs'), 'utf8')
  expect(text).not.toMatch(
    /import\.meta\.dirname|globSync|parseEnv|structuredClone|withResolvers|\busing\b|toSorted|Object\.groupBy/
  )
})
