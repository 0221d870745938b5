import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type BaseConfig, loadConfig } from '../../src/config.ts'
import { checkFiles, faultLine } from '../../src/features/definitions/index.ts'
import { findSegment, previewSegment, type Segment, segmentAt, segmentOf } from '../../src/features/segments/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { createLog } from '../../src/platform/log.ts'
import type { AskIo } from '../ask/run-ask.ts'

const USAGE = `npm run segments -- preview <name | file.yaml>     Who belongs to a segment now, and what a message to them would cost

  --now <time>   as if it were then, e.g. 2026-11-21T10:00:00+09:00
  --json         for programs
  --help         this text

For example: npm run segments -- preview not-seen-30d / preview 初回のみ / preview flows/segments/not-seen-30d.yaml`

interface Order {
  readonly told: string
  readonly now: Date
  readonly json: boolean
}

/** Runs `npm run segments -- …`; the exit code: 0 shown, 1 not to be had, 2 not understood as a command. */
export async function runSegments(args: readonly string[], io: AskIo): Promise<number> {
  const order = readOrder(args, io)
  if (typeof order === 'number') return order
  try {
    return await preview(order, loadConfig(io.env), io)
  } catch (error) {
    io.err(explain(error))
    return 1
  }
}

const OPTIONS = { now: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } } as const

function readOrder(args: readonly string[], io: AskIo): Order | number {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) {
      io.out(USAGE)
      return 0
    }
    const [command, ...words] = positionals
    if (command !== 'preview' || words.length === 0) throw new Error('Say "preview" and the name or file of a segment.')
    const now = values.now === undefined ? new Date() : new Date(values.now)
    if (Number.isNaN(now.getTime())) throw new Error(`--now: "${values.now}" is no time`)
    return { told: words.join(' '), now, json: values.json ?? false }
  } catch (error) {
    io.err(`${explain(error)}\n\n${USAGE}`)
    return 2
  }
}

async function preview({ told, now, json }: Order, config: BaseConfig, io: AskIo): Promise<number> {
  const path = resolve(io.env.INIT_CWD ?? process.cwd(), told)
  const written = existsSync(path) ? readSegment(path, io) : undefined
  if (written === 'faulty') return 1
  const db = await io.open(config, createLog())
  try {
    const segment = written ?? (await published(db, told))
    if (!segment) {
      io.err(`There is no segment "${told}": npm run flows -- check lists those in flows/segments.`)
      return 1
    }
    const found = await previewSegment(db, segment.who, { now, timeZone: config.timeZone })
    const { sample: _, ...counts } = found
    io.out(json ? JSON.stringify({ id: segment.id, name: segment.name, ...counts }, null, 2) : textOf(segment, counts))
    return 0
  } finally {
    await db.close()
  }
}

function readSegment(path: string, io: AskIo): Segment | 'faulty' {
  const { good, faults } = checkFiles([segmentAt(path)], [{ path, text: readFileSync(path, 'utf8') }])
  if (good[0] && faults.length === 0) return segmentOf(good[0].body)
  for (const fault of faults) io.err(faultLine(fault))
  return 'faulty'
}

async function published(db: Database, told: string): Promise<Segment | undefined> {
  return (await findSegment(db.prisma, told))?.segment
}

type Counts = Omit<Awaited<ReturnType<typeof previewSegment>>, 'sample'>

function textOf({ id, name }: Segment, { people, onLine, reachable, pushesNeeded, pushesLeft }: Counts): string {
  return [
    `${name.ja} / ${name.en} (${id})`,
    `  People: ${people}, on LINE: ${onLine}, agreed to offers: ${reachable}`,
    `  Pushes for one message to each: ${pushesNeeded}, left this month: ${pushesLeft ?? 'no limit known'}`
  ].join('\n')
}

function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  if (!message.includes('in use by another process')) return message
  return `${message}\nIf that is the server: ask it with /matane segment in Slack, or stop it first.`
}
