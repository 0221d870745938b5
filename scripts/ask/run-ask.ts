import { parseArgs } from 'node:util'
import { type BaseConfig, loadConfig } from '../../src/config.ts'
import { dayOf } from '../../src/core/time.ts'
import { answerQuestion, answerView, faultView, parseQuestion } from '../../src/features/metrics/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { createLog } from '../../src/platform/log.ts'
import type { Log } from '../../src/platform/scope.ts'
import { ROLES } from '../../src/platform/slack/index.ts'

const USAGE = `npm run ask -- "<question>"     Answer a manager's question, as /kpi does in Slack

  --now <time>   as if it were then, e.g. 2026-11-21T10:00:00+09:00
  --as <role>    who asks: manager (default), cs, viewer
  --parse        only show how the question is understood; opens no database
  --json         for programs
  --help         this text

For example: npm run ask -- "nps 今月" / "継続率 先月" / "retention last month"`

/** Where the command reads its environment and writes its lines. */
export interface AskIo {
  readonly env: Readonly<Record<string, string | undefined>>
  out(text: string): void
  err(text: string): void
  /** The store that the environment names. */
  open(config: BaseConfig, log: Log): Promise<Database>
}

interface Order {
  readonly question: string
  readonly now: Date
  readonly parse: boolean
  readonly json: boolean
}

/** Runs `npm run ask -- …`; the exit code: 0 answered, 1 could not be answered, 2 not understood as a command. */
export async function runAsk(args: readonly string[], io: AskIo): Promise<number> {
  const order = readOrder(args, io)
  if (typeof order === 'number') return order
  try {
    const config = loadConfig(io.env)
    return order.parse ? showParsed(order, config, io) : await showAnswer(order, config, io)
  } catch (error) {
    io.err(explain(error))
    return 1
  }
}

const OPTIONS = {
  now: { type: 'string' },
  as: { type: 'string', default: 'manager' },
  parse: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' }
} as const

function readOrder(args: readonly string[], io: AskIo): Order | number {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) {
      io.out(USAGE)
      return 0
    }
    const now = values.now === undefined ? new Date() : new Date(values.now)
    if (Number.isNaN(now.getTime()))
      throw new Error(`--now: "${values.now}" is no time; write 2026-11-21T10:00:00+09:00`)
    if (!ROLES.some((role) => role === values.as))
      throw new Error(`--as: "${values.as}" is none of ${ROLES.join(', ')}`)
    const question = positionals.join(' ')
    if (question.trim() === '') throw new Error('What would you like to know?')
    return { question, now, parse: values.parse ?? false, json: values.json ?? false }
  } catch (error) {
    io.err(`${explain(error)}\n\n${USAGE}`)
    return 2
  }
}

function showParsed({ question, now }: Order, config: BaseConfig, io: AskIo): number {
  const parsed = parseQuestion(question, dayOf(now, config.timeZone))
  io.out(JSON.stringify(parsed.ok ? parsed.value : { fault: parsed }, null, 2))
  return parsed.ok ? 0 : 1
}

async function showAnswer({ question, now, json }: Order, config: BaseConfig, io: AskIo): Promise<number> {
  const db = await io.open(config, createLog())
  try {
    const answer = await answerQuestion(db, { question, now, timeZone: config.timeZone })
    const locale = /[ぁ-んァ-ヶ一-龠々]/.test(question) ? 'ja' : 'en'
    if (!answer.ok) {
      if (json) io.out(JSON.stringify({ fault: answer }, null, 2))
      io.err(faultView(answer, locale).join('\n'))
      return 1
    }
    io.out(json ? JSON.stringify(answer.value, null, 2) : asText(answerView(answer.value, locale)))
    return 0
  } finally {
    await db.close()
  }
}

function asText({ title, badge, facts, remarks, footer }: ReturnType<typeof answerView>): string {
  const lines = facts.map(([name, value]) => `  ${name}: ${value}`)
  return [badge ? `${title} [${badge}]` : title, ...lines, ...remarks, ...footer].join('\n')
}

function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
