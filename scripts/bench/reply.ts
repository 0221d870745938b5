import { type Started, startProduct } from './child.ts'
import { percentile } from './figures.ts'
import { CHANNEL_SECRET, quietLine, webhook } from './wire.ts'

export interface ReplyFigures {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly answered: number
  readonly sent: number
}

const PEOPLE = 50
const LATE_MS = 10_000

/**
 * The whole road, on the real server process: a webhook goes in, the card comes out as a call to LINE. Time is from the
 * webhook's first byte to the arrival of the reply, at a steady rate.
 */
export async function measureReply(
  env: Readonly<Record<string, string>>,
  plan: { readonly port: number; readonly perSecond: number; readonly seconds: number }
): Promise<ReplyFigures> {
  const sentAtMs = new Map<string, number>()
  const tookMs: number[] = []
  const line = await quietLine((token) => {
    const at = sentAtMs.get(token)
    if (at !== undefined) tookMs.push(performance.now() - at)
    sentAtMs.delete(token)
  })
  const product = await startProduct(plan.port, { ...channelsAt(line.origin), ...env })
  const post = async (person: number) => {
    const { body, headers, replyToken } = webhook(person, 'スタンプ')
    sentAtMs.set(replyToken, performance.now())
    await fetch(`${product.origin}/line/webhook`, { method: 'POST', body, headers })
  }
  await warmUp(post, sentAtMs)
  tookMs.length = 0
  const sent = await steadily(plan, (count) => post(count % PEOPLE))
  await emptied(sentAtMs)
  await end(product, line)
  return { p50Ms: percentile(tookMs, 50), p99Ms: percentile(tookMs, 99), answered: tookMs.length, sent }
}

/** Everybody once: from then on they are known, and the code is warm. */
async function warmUp(post: (person: number) => Promise<void>, waiting: ReadonlyMap<string, number>): Promise<void> {
  for (let person = 0; person < PEOPLE; person += 1) await post(person)
  await emptied(waiting)
}

async function steadily(
  plan: { readonly perSecond: number; readonly seconds: number },
  post: (count: number) => Promise<void>
): Promise<number> {
  const total = plan.perSecond * plan.seconds
  const startMs = performance.now()
  for (let count = 0; count < total; count += 1) {
    const dueMs = startMs + (count * 1_000) / plan.perSecond
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())))
    void post(count)
  }
  return total
}

async function emptied(waiting: ReadonlyMap<string, number>): Promise<void> {
  const endMs = performance.now() + LATE_MS
  while (waiting.size > 0 && performance.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 20))
}

async function end(product: Started, line: { close(): void }): Promise<void> {
  await product.stop()
  line.close()
}

/** The environment of a server that talks to LINE at `origin`, and to a Slack that nobody asks anything. */
export function channelsAt(origin: string): Readonly<Record<string, string>> {
  return {
    LINE_CHANNEL_SECRET: CHANNEL_SECRET,
    LINE_CHANNEL_ACCESS_TOKEN: 'benchmark',
    LINE_API_BASE_URL: origin,
    LINE_BOT_ID: '@bench',
    SLACK_SIGNING_SECRET: 'benchmark',
    SLACK_BOT_TOKEN: 'xoxb-benchmark',
    SLACK_API_URL: `${origin}/api/`,
    SLACK_ALERT_CHANNEL: 'C0BENCH'
  }
}
