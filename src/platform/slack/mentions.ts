import type { Locale } from '../../core/locale.ts'
import type { Context } from '../feature.ts'
import type { InboxConsumer, InboxRow } from '../queue/types.ts'
import type { Scope } from '../scope.ts'
import type { Work } from '../work.ts'
import { type Admit, rolesOf } from './authorise.ts'
import type { HandlerIndex } from './handler-index.ts'
import type { Mention, NamedRoles, StaffMember } from './handlers.ts'
import type { RecordRef } from './intent.ts'
import { recordAt } from './messages.ts'
import { accountsIn, asTyped } from './mrkdwn.ts'
import { EventCallback, MentionEvent } from './payloads.ts'
import type { SlackDirectory } from './staff-port.ts'
import { TEXTS } from './texts.ts'

/** What hearing a mention takes. */
interface MentionDeps {
  readonly admit: Admit
  readonly directory: SlackDirectory
  readonly mentions: HandlerIndex['mentions']
  readonly contextOf: (scope: Scope) => Context
}

type MentionHandler = HandlerIndex['mentions'][number]

/** What is settled before the transaction: who speaks, what they said and which handler takes it. */
interface Heard {
  readonly context: Context
  readonly event: MentionEvent
  readonly text: string
  readonly handler: MentionHandler | undefined
  readonly roleOf: NamedRoles
  readonly admitted: { readonly staff: StaffMember } | { readonly refusal: string; readonly locale: Locale }
}

/** Handles Slack's events: "@matane …" runs once per event; others are kept and ignored. */
export function slackConsumer(deps: MentionDeps): InboxConsumer {
  return {
    source: 'slack',
    prepare: (scope, row) => hear(deps, scope, row),
    async handle(work, _row, prepared) {
      if (isHeard(prepared)) await answer(work, prepared)
    }
  }
}

async function hear(deps: MentionDeps, scope: Scope, row: InboxRow): Promise<Heard | undefined> {
  const envelope = EventCallback.safeParse(parseJson(row.body))
  const mention = MentionEvent.safeParse(envelope.data?.event)
  if (!envelope.success || !mention.success || mention.data.bot_id) return undefined
  const event = mention.data
  const { botUserId } = await deps.directory.self()
  if (event.user === botUserId) return undefined
  const text = spokenText(event.text, botUserId)
  const handler = deps.mentions.find(({ matches }) => matches(text))
  const who = {
    userId: event.user,
    teamId: event.user_team ?? event.team ?? envelope.data.team_id ?? '',
    channelId: event.channel,
    isExtShared: envelope.data.is_ext_shared_channel
  }
  const admitted = await deps.admit(scope, who, handler?.role ?? 'viewer')
  const userIds = 'staff' in admitted ? accountsIn(text) : []
  const roleOf = await rolesOf(deps.admit, scope, { userIds, teamId: who.teamId })
  return { context: deps.contextOf(scope), event, text, handler, roleOf, admitted }
}

async function answer(work: Work, heard: Heard): Promise<void> {
  const { event, handler, admitted } = heard
  const threadTs = event.thread_ts ?? event.ts
  const record = await recordAt(work.tx, event.channel, threadTs)
  const whisper = async (text: string, blocks?: Parameters<Mention['whisper']>[1]) =>
    work.slack({
      kind: 'whisper',
      channel: event.channel,
      // Slack shows a whisper in a thread only once the thread has replies: at a mention of its own nobody would see it.
      ...(event.thread_ts !== undefined && { threadTs: event.thread_ts }),
      userId: event.user,
      text,
      ...(blocks && { blocks })
    })
  if ('refusal' in admitted) return whisper(admitted.refusal)
  if (!handler) return whisper(TEXTS[admitted.staff.locale].unknownMention)
  await handler.run({
    scope: withoutDatabase(heard.context.scope),
    config: heard.context.config,
    perform: (_cause, run) => run(work),
    staff: admitted.staff,
    cause: work.cause,
    channel: event.channel,
    whisper,
    text: heard.text,
    threadTs,
    record,
    roleOf: heard.roleOf,
    reply: async (text) => work.slack(replyIntent(record, { channel: event.channel, threadTs, text }))
  })
}

/** An answer under a card keeps its place among what else is said there. */
function replyIntent(record: RecordRef | undefined, said: { channel: string; threadTs: string; text: string }) {
  if (record) return { kind: 'thread', record, text: said.text } as const
  return { kind: 'reply', ...said } as const
}

/** A mention runs inside its event's transaction, where touching the database in any other way would wait for ever. */
function withoutDatabase(scope: Scope): Scope {
  return {
    now: () => scope.now(),
    timeZone: scope.timeZone,
    log: scope.log,
    waitUntil: (work) => scope.waitUntil(work),
    get db(): Scope['db'] {
      throw new Error('A mention is handled inside a transaction: use perform(cause, (work) => …) and work.tx')
    }
  }
}

/** What was said to the bot, without its name, as typed. */
export function spokenText(text: string, botUserId: string): string {
  const words = text.replaceAll(new RegExp(`<@${botUserId}(\\|[^>]*)?>`, 'g'), ' ')
  return asTyped(words).replace(/\s+/g, ' ').trim()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isHeard(prepared: unknown): prepared is Heard {
  return prepared !== undefined
}
