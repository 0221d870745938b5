#!/usr/bin/env node
// Runs a part of the project with the project's own Node, whatever Node (>= 18) started this. Installs and generates
// first when that is needed. Plain JavaScript without dependencies: it must run before there are any.
//   node scripts/run.mjs src/main.ts [arguments]      a file of the project, with the settings of .env
//   node scripts/run.mjs --max-semi-space-size=4 scripts/import.ts …   the same, with options of Node
//   node scripts/run.mjs --bin vitest run             a program of node_modules/.bin
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const WINDOWS = process.platform === 'win32'
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (...parts) => join(root, ...parts)
const programs = at('node_modules', '.bin')
const ownNode = at('node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node')
/** npm writes this list last: an interrupted installation leaves none. */
const installedList = at('node_modules', '.package-lock.json')
/** What the database client was generated from. */
const generatedMark = at('src', 'generated', '.made-from')
/** Whose turn it is to install and generate: the process id. */
const turn = at('.preparing')

const env = {
  // Keeps what Node made of the sources: the next start is faster and smaller.
  NODE_COMPILE_CACHE: at('node_modules', '.cache', 'node'),
  ...process.env,
  PATH: `${programs}${delimiter}${process.env.PATH ?? ''}`
}

function isInstalled() {
  if (!existsSync(installedList) || !existsSync(ownNode)) return false
  // A checkout may make the lockfile newer without changing it: then its contents decide.
  return statSync(at('package-lock.json')).mtimeMs <= statSync(installedList).mtimeMs || hasLockedVersions()
}

function hasLockedVersions() {
  const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages
  const present = packagesOf(installedList)
  const withoutDev = !existsSync(at('node_modules', 'vitest'))
  const mayMiss = (entry) => entry.optional || entry.devOptional || (entry.dev && withoutDev)
  return Object.entries(packagesOf(at('package-lock.json'))).every(
    ([path, entry]) => path === '' || (present[path] ? present[path].version === entry.version : mayMiss(entry))
  )
}

function schemaMark() {
  const hash = createHash('sha256')
  for (const file of ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json']) {
    hash.update(readFileSync(at(file)))
  }
  return hash.digest('hex')
}

function isGenerated() {
  return existsSync(generatedMark) && readFileSync(generatedMark, 'utf8') === schemaMark()
}

function prepare() {
  // What is ready is only read, so that it also runs where nothing can be written.
  if (isInstalled() && isGenerated()) return
  takeTurn()
  if (!isInstalled()) {
    const byNpm = process.env.npm_execpath?.endsWith('npm-cli.js')
    const [npm, ...first] = byNpm ? [process.execPath, process.env.npm_execpath] : ['npm']
    step('Installing packages (once, about a minute)', npm, [
      ...first,
      'ci',
      '--no-audit',
      '--no-fund',
      '--loglevel=error'
    ])
  }
  if (!isGenerated()) {
    step('Generating the database client', join(programs, 'prisma'), ['generate'])
    writeFileSync(generatedMark, schemaMark())
  }
  rmSync(turn, { force: true })
}

/** Of two commands at once on a fresh clone the later one waits: they would install over one another. */
function takeTurn() {
  for (let told = false; ; told = true) {
    try {
      writeFileSync(turn, String(process.pid), { flag: 'wx' })
      process.on('exit', () => rmSync(turn, { force: true }))
      return
    } catch (error) {
      if (error.code !== 'EEXIST') endUnwritable(error)
    }
    if (isTurnOver()) rmSync(turn, { force: true })
    else {
      if (!told) console.error(`Another command is installing; waiting for it … (if none is: delete ${turn})`)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    }
  }
}

/** Whether who had the turn is gone without giving it back, as after Ctrl-C. */
function isTurnOver() {
  try {
    const holder = Number(readFileSync(turn, 'utf8'))
    if (holder === process.pid) return true
    process.kill(holder, 0)
    return Date.now() - statSync(turn).mtimeMs > 30 * 60_000
  } catch (error) {
    return error.code === 'ESRCH' || error.code === 'ENOENT'
  }
}

function endUnwritable(error) {
  console.error(`Packages must be installed, but ${root} cannot be written: ${error.message}`)
  console.error(
    'Run any command (such as npm run flows) once as the owner of this folder; after that it may be read-only.'
  )
  process.exit(1)
}

/** Everything goes to standard error: standard output belongs to the command that is going to run. */
function step(title, program, args) {
  console.error(`${title} …`)
  const done = spawnSync(program, args, { cwd: root, env, shell: WINDOWS, stdio: ['ignore', 2, 2] })
  if (done.status === 0) return
  console.error(`Could not finish: ${title}. ${done.error?.message ?? 'What went wrong is written above.'}`)
  process.exit(done.status || 1)
}

function run(given) {
  const byName = given[0] === '--bin'
  const flags = byName
    ? []
    : given.slice(
        0,
        Math.max(
          0,
          given.findIndex((arg) => !arg.startsWith('--'))
        )
      )
  const [first, ...args] = given.slice(flags.length)
  const program = byName ? join(programs, args[0] ?? '') : ownNode
  const settings = existsSync(at('.env')) ? [`--env-file=${at('.env')}`] : []
  const nodeArgs = ['--disable-warning=ExperimentalWarning', ...flags, ...settings, at(first)]
  const child = spawn(program, byName ? args.slice(1) : [...nodeArgs, ...args], {
    env,
    stdio: 'inherit',
    shell: WINDOWS && byName
  })
  forwardSignals(child)
  child.on('error', (error) => {
    console.error(`Could not start ${program}: ${error.message}`)
    process.exitCode = 127
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
  })
}

/** A terminal sends Ctrl-C to the child as well, and npm repeats it here: pass on only what the child has not had. */
function forwardSignals(child) {
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  let lastAtMs = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      const again = Date.now() - lastAtMs < 500
      lastAtMs = Date.now()
      if (!again && !(terminal && signal !== 'SIGTERM')) child.kill(signal)
    })
  }
}

const args = process.argv.slice(2)
if (args.length === 0) {
  console.error('Say what to run: node scripts/run.mjs <file> [arguments], or --bin <program> [arguments]')
  process.exitCode = 2
} else {
  prepare()
  run(args)
}
