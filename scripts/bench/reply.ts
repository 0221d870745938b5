import { type Started, startProduct } from './child.ts'
import { percentile } from './figures.ts'
import { CHANNEL_SECRET, quietChannels, webhook } from './wire.ts'

/** Milliseconds from the webhook's first byte to what it leads to. */
export interface RoadFigures {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly answered: number
  readonly sent: number
}

const PEOPLE = 50
/** Slack takes one post a second in a channel: more would measure the queue before its limit. */
const FIRST_CARDS = 3
const LATE_MS = 10_000

/**
 * The whole road, on the real server process: a webhook goes in, the card comes out as a call to LINE. Time is from the
 * webhook's first byte to the arrival of the reply, at a steady rate.
 */
export async function measureReply(
  env: Readonly<Record<string, string>>,
  plan: { readonly port: number; readonly perSecond: number; readonly seconds: number }
): Promise<RoadFigures> {
  const sentAtMs = new Map<string, number>()
  const tookMs: number[] = []
  const onReply = (token: string) => arrived(token, sentAtMs, tookMs)
  const channels = await quietChannels({ onReply })
  const product = await startProduct(plan.port, { ...channelsAt(channels.origin), ...env })
  const post = async (person: number) => {
    const { body, headers, replyToken } = webhook(person, 'スタンプ')
    sentAtMs.set(replyToken, performance.now())
    await fetch(`${product.origin}/line/webhook`, { method: 'POST', body, headers })
  }
  await warmUp(PEOPLE, post, sentAtMs)
  tookMs.length = 0
  const sent = await steadily(plan, (count) => post(count % PEOPLE))
  await emptied(sentAtMs)
  await end(product, channels)
  return { p50Ms: percentile(tookMs, 50), p99Ms: percentile(tookMs, 99), answered: tookMs.length, sent }
}

/**
 * The longest road: somebody writes in LINE that they want to cancel, and the alert card arrives in Slack. Each time somebody
 * else, at a rate that Slack's own limit lets through.
 */
export async function measureCard(
  env: Readonly<Record<string, string>>,
  plan: { readonly port: number; readonly perSecond: number; readonly seconds: number }
): Promise<RoadFigures> {
  const sentAtMs = new Map<string, number>()
  const tookMs: number[] = []
  const onPost = (body: string) => arrived(/ベンチ(\d+)/.exec(body)?.[1] ?? '', sentAtMs, tookMs)
  const channels = await quietChannels({ onPost })
  const product = await startProduct(plan.port, { ...channelsAt(channels.origin), ...env })
  const post = async (person: number) => {
    const { body, headers } = webhook(person, '解約したいです')
    sentAtMs.set(String(person), performance.now())
    await fetch(`${product.origin}/line/webhook`, { method: 'POST', body, headers })
  }
  await warmUp(FIRST_CARDS, post, sentAtMs)
  tookMs.length = 0
  // Nobody of those who have a card already.
  const sent = await steadily(plan, (count) => post(1_000 + count))
  await emptied(sentAtMs)
  await end(product, channels)
  return { p50Ms: percentile(tookMs, 50), p99Ms: percentile(tookMs, 99), answered: tookMs.length, sent }
}

function arrived(key: string, sentAtMs: Map<string, number>, tookMs: number[]): void {
  const at = sentAtMs.get(key)
  if (at !== undefined) tookMs.push(performance.now() - at)
  sentAtMs.delete(key)
}

/** Everybody once: from then on they are known, and the code is warm. */
async function warmUp(
  people: number,
  post: (person: number) => Promise<void>,
  waiting: ReadonlyMap<string, number>
): Promise<void> {
  for (let person = 0; person < people; person += 1) await post(person)
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

async function end(product: Started, channels: { close(): void }): Promise<void> {
  await product.stop()
  channels.close()
}

/** The environment of a server that talks to LINE at `origin`, and to Slack at the same place. */
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
