import type { KnownBlock, ModalView } from '@slack/types'
import type { Config } from '../../src/config.ts'
import type { Context, Feature } from '../../src/platform/feature.ts'
import { createPerform } from '../../src/platform/perform.ts'
import type {
  RecordRef,
  Role,
  SlackIntent,
  StaffMember,
  StaffTurn,
  Submission
} from '../../src/platform/slack/index.ts'
import type { TestScope } from './queue.ts'

/** What one staff action led to, as its person and the channel saw it. */
export interface Seen {
  readonly whispers: { text: string; blocks: readonly KnownBlock[] }[]
  readonly said: { text: string; blocks: readonly KnownBlock[] }[]
  readonly modals: ModalView[]
  errors?: Readonly<Record<string, string>> | undefined
}

export type StaffDesk = ReturnType<typeof staffDesk>

/** Buttons, modals, commands and mentions handed to the features as Slack's road does, without Slack. */
export function staffDesk(scope: TestScope, features: readonly Feature[]) {
  const perform = createPerform({ scope, features, onCommit: () => undefined })
  const config = testConfig()
  const context: Context = { scope, config, perform }
  const roles = new Map<string, Role | undefined>()
  let actions = 0
  const turn = (staff: StaffMember, seen: Seen, cause = `slack:${++actions}`): StaffTurn => ({
    ...context,
    staff,
    cause,
    channel: 'C1',
    whisper: async (text, blocks = []) => void seen.whispers.push({ text, blocks })
  })
  const openModal = (seen: Seen) => async (view: ModalView) => void seen.modals.push(view)
  const roleOf = (id: string) => (roles.has(id) ? roles.get(id) : 'cs')
  const handlers = features.flatMap(({ slack }) => slack ?? [])
  return {
    context,
    perform,
    /** What accounts that an action names may do; cs unless said here. */
    roles,
    async click(staff: StaffMember, actionId: string, on: { value: string; blockId?: string; cause?: string }) {
      const seen = nothing()
      const handler = handlers.map(({ actions: known }) => known?.[actionId]).find(Boolean)
      const click = {
        actionId,
        value: on.value,
        blockId: on.blockId ?? '',
        messageTs: '1.0',
        roleOf,
        openModal: openModal(seen)
      }
      await handler?.run({ ...turn(staff, seen, on.cause), ...click })
      return seen
    },
    async submit(
      staff: StaffMember,
      view: ModalView,
      values: Record<string, string | readonly string[]>,
      files: Submission['files'] = {}
    ) {
      const seen = nothing()
      const handler = handlers.map(({ submissions }) => submissions?.[view.callback_id ?? '']).find(Boolean)
      const { private_metadata: privateMetadata = '' } = view
      const show = (next: ModalView) => void seen.modals.push(next)
      seen.errors = await handler?.run({ ...turn(staff, seen), privateMetadata, values, files, openModal: show })
      return seen
    },
    async mention(staff: StaffMember, text: string, record: RecordRef | undefined, cause?: string) {
      const seen = nothing()
      const handler = handlers.flatMap(({ mentions }) => mentions ?? []).find(({ matches }) => matches(text))
      const reply = async (said: string) => void seen.said.push({ text: said, blocks: [] })
      await handler?.run({ ...turn(staff, seen, cause), text, threadTs: '1.0', record, roleOf, reply })
      return seen
    },
    async command(staff: StaffMember, name: string, text: string) {
      const seen = nothing()
      const handler = handlers
        .map(({ commands, verbs }) => commands?.[name] ?? verbs?.[name.replace('/matane ', '')])
        .find(Boolean)
      const respond = async (said: string, blocks: readonly KnownBlock[] = []) =>
        void seen.said.push({ text: said, blocks })
      await handler?.run({ ...turn(staff, seen), text, respond, openModal: openModal(seen) })
      return seen
    },
    /** What waits in the outbox for Slack, oldest first. */
    async intents(): Promise<SlackIntent[]> {
      const rows = await scope.db.prisma.outbox.findMany({ where: { channel: 'slack' }, orderBy: { seq: 'asc' } })
      return rows.map((row) => JSON.parse(scope.db.cipher.open('outbox.payload', row.payloadSealed)) as SlackIntent)
    }
  }
}

/** A staff member, cs and Japanese unless given otherwise. */
export function member(id: string, more: Partial<StaffMember> = {}): StaffMember {
  return { id, name: id, role: 'cs', locale: 'ja', ...more }
}

const nothing = (): Seen => ({ whispers: [], said: [], modals: [] })

/** A configuration without accounts of anybody. */
export function testConfig(): Config {
  return {
    ...{
      port: 0,
      host: '127.0.0.1',
      publicUrl: 'http://localhost',
      timeZone: 'Asia/Tokyo',
      role: 'all',
      sandbox: true
    },
    ...{ dataDir: '', databaseUrl: undefined, encryptionKeys: undefined, hookSecrets: new Map(), writeKeys: [] },
    line: { channelSecret: '', accessToken: '', apiBaseUrl: '', botId: '' },
    slack: { signingSecret: '', botToken: '', apiUrl: '', alertChannel: 'C1' }
  }
}
