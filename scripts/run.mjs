#!/usr/bin/env node
// Runs a part of the project with the project's own Node, whatever Node (>= 18) started this. Installs and generates
// first when that is needed. Plain JavaScript without dependencies: it must run before there are any.
//   node scripts/run.mjs src/main.ts [arguments]      a file of the project, with the settings of .env
//   node scripts/run.mjs --bin vitest run             a program of node_modules/.bin
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
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

function prepare() {
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
  const mark = schemaMark()
  if (!existsSync(generatedMark) || readFileSync(generatedMark, 'utf8') !== mark) {
    step('Generating the database client', join(programs, 'prisma'), ['generate'])
    writeFileSync(generatedMark, mark)
  }
}

/** Everything goes to standard error: standard output belongs to the command that is going to run. */
function step(title, program, args) {
  console.error(`${title} …`)
  const done = spawnSync(program, args, { cwd: root, env, shell: WINDOWS, stdio: ['ignore', 2, 2] })
  if (done.status === 0) return
  console.error(`Could not finish: ${title}. ${done.error?.message ?? 'What went wrong is written above.'}`)
  process.exit(done.status || 1)
}

function run([first, ...args]) {
  const byName = first === '--bin'
  const program = byName ? join(programs, args[0] ?? '') : ownNode
  const settings = existsSync(at('.env')) ? [`--env-file=${at('.env')}`] : []
  const nodeArgs = ['--disable-warning=ExperimentalWarning', ...settings, at(first)]
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
