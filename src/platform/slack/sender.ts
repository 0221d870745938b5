import { z } from 'zod'
import type { OutboxRow, RecordAttempt, Sender, SendOutcome } from '../queue/types.ts'
import type { Scope } from '../scope.ts'
import { findCard, showCard } from './cards.ts'
import { calling, slackCode } from './errors.ts'
import { rewrite } from './forget.ts'
import type { SlackIntent } from './intent.ts'
import type { Job, SenderDeps, SlackPace } from './job.ts'
import { createPace } from './pace.ts'
import { postOnce } from './posting.ts'
import { sharedChannelHold } from './shared-channel.ts'

/** Slack: one post a second for each channel with short bursts; updates 50 a minute for the whole app. */
const PACE: SlackPace = {
  posts: { burst: 5, everyMs: 1_000, maxWaitMs: 4_000 },
  updates: { burst: 10, everyMs: 1_200, maxWaitMs: 4_000 }
}

/** Sends Slack's outbox rows: posts once, updates what is there, posts again what was deleted. */
export function slackSender(deps: SenderDeps): Sender {
  const { posts, updates } = deps.pace ?? PACE
  const pace = { posts: createPace(posts), updates: createPace(updates) }
  return {
    channel: 'slack',
    send(scope: Scope, row: OutboxRow, attempt: RecordAttempt): Promise<SendOutcome> {
      const job = { scope, deps, row, attempt, pace, client: deps.clients.background, log: scope.log }
      return deliver(job, Intent.parse(JSON.parse(row.payload)))
    }
  }
}

async function deliver(job: Job, intent: SlackIntent): Promise<SendOutcome> {
  if (intent.kind === 'reply') return reply(job, intent)
  if (intent.kind === 'whisper') return whisper(job, intent)
  if (intent.kind === 'forget') return { outcome: await rewrite(job, intent) }
  const hold = await sharedChannelHold(job, intent)
  if (hold) return hold
  if (intent.kind === 'card') return { outcome: (await showCard(job, intent.record)).outcome }
  if (intent.kind === 'thread') return sayUnderCard(job, intent)
  await postOnce(job, { channel: job.deps.alertChannel }, intent)
  return { outcome: 'posted' }
}

type Of<Kind extends SlackIntent['kind']> = Extract<SlackIntent, { kind: Kind }>

async function reply(job: Job, intent: Of<'reply'>): Promise<SendOutcome> {
  await postOnce(job, { channel: intent.channel, threadTs: intent.threadTs }, intent)
  return { outcome: 'posted' }
}

/** A whisper cannot be looked up; said twice it does no harm. To someone who has left the channel there is nothing to say. */
async function whisper(job: Job, intent: Of<'whisper'>): Promise<SendOutcome> {
  const { channel, userId, text } = intent
  const thread = intent.threadTs !== undefined && { thread_ts: intent.threadTs }
  const blocks = intent.blocks && { blocks: [...intent.blocks] }
  try {
    await job.attempt('chat.postEphemeral', () =>
      calling(() => job.client.chat.postEphemeral({ channel, user: userId, text, ...thread, ...blocks }))
    )
    return { outcome: 'whispered' }
  } catch (error) {
    if (slackCode(error) === 'user_not_in_channel') return { outcome: 'not in the channel' }
    throw error
  }
}

/** What is said about a record stands under its card; a card that is not there yet is posted first. */
async function sayUnderCard(job: Job, intent: Of<'thread'>): Promise<SendOutcome> {
  const at = (await findCard(job, intent.record)) ?? (await showCard(job, intent.record)).at
  if (!at) return { outcome: 'gone' }
  await postOnce(job, { channel: at.channel, threadTs: at.ts, toAll: intent.toAll ?? false }, intent)
  return { outcome: 'posted' }
}

const Ref = z.object({ type: z.string(), id: z.string() })
const Blocks = z.custom<Of<'notice'>['blocks'] & {}>((value) => Array.isArray(value))
const said = { text: z.string(), blocks: Blocks.exactOptional() }
const at = { channel: z.string(), threadTs: z.string() }
const near = { channel: z.string(), threadTs: z.string().exactOptional() }

const Intent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('card'), record: Ref }),
  z.object({ kind: z.literal('thread'), record: Ref, toAll: z.boolean().exactOptional(), ...said }),
  z.object({ kind: z.literal('forget'), record: Ref, text: z.string() }),
  z.object({ kind: z.literal('notice'), name: z.string(), ...said }),
  z.object({ kind: z.literal('reply'), ...at, ...said }),
  z.object({ kind: z.literal('whisper'), ...near, userId: z.string(), ...said })
]) satisfies z.ZodType<SlackIntent>
