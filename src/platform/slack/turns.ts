import type { KnownBlock, ModalView } from '@slack/types'
import type { SlackClients } from './clients.ts'
import { calling, slackCode } from './errors.ts'
import type { StaffTurn } from './handlers.ts'
import { within } from './limits.ts'

/** Where a person acted, and how they can be answered there. */
export interface Place {
  readonly userId: string
  /** undefined inside a modal opened from nowhere. */
  readonly channel: string | undefined
  readonly threadTs?: string | undefined
  readonly responseUrl?: string | undefined
}

type Whisper = StaffTurn['whisper']

/** The places where only the bot itself stands in the way of a whisper; then the person gets a direct message. */
const CANNOT_WHISPER: ReadonlySet<string> = new Set(['not_in_channel', 'channel_not_found', 'user_not_in_channel'])

/** Says something to one person, where they are. */
export function whisperTo(clients: SlackClients, place: Place): Whisper {
  return async (text, blocks) => {
    const said = { text, ...(blocks && { blocks: [...blocks] }) }
    if (place.responseUrl) {
      const message = { response_type: 'ephemeral', replace_original: false, ...said }
      return clients.respond(place.responseUrl, message)
    }
    if (!place.channel || !(await ephemeral(clients, place, said))) await direct(clients, place.userId, said)
  }
}

interface Said {
  readonly text: string
  readonly blocks?: KnownBlock[]
}

async function ephemeral(clients: SlackClients, place: Place, said: Said): Promise<boolean> {
  const where = {
    channel: place.channel ?? '',
    user: place.userId,
    ...(place.threadTs && { thread_ts: place.threadTs })
  }
  try {
    await calling(() => clients.interactive.chat.postEphemeral({ ...where, ...said }))
    return true
  } catch (error) {
    if (CANNOT_WHISPER.has(slackCode(error) ?? '')) return false
    throw error
  }
}

async function direct(clients: SlackClients, userId: string, said: Said): Promise<void> {
  const opened = await calling(() => clients.interactive.conversations.open({ users: userId }))
  const channel = opened.channel?.id ?? ''
  await calling(() => clients.interactive.chat.postMessage({ channel, ...said }))
}

/** By what a modal may be opened. */
interface Opening {
  /** Works once, for 3 s. */
  readonly triggerId: string
  readonly channel: string | undefined
  /** The modal that the person has before them, to be shown anew. */
  readonly viewId?: string | undefined
}

/** Opens a modal that remembers from which channel it came; where there is one already, it takes its place. */
export function modalOpener(clients: SlackClients, { triggerId, channel, viewId }: Opening) {
  return async (view: ModalView): Promise<void> => {
    const packed = packView(view, channel)
    await calling(() =>
      viewId === undefined
        ? clients.interactive.views.open({ trigger_id: triggerId, view: packed })
        : clients.interactive.views.update({ view_id: viewId, view: packed })
    )
  }
}

/** The modal as it goes to Slack: with the channel it came from. */
export function packView(view: ModalView, channel: string | undefined): ModalView {
  const metadata = packMetadata(channel, view.private_metadata ?? '')
  return { ...view, private_metadata: within('privateMetadata', metadata) }
}

/** private_metadata with the channel in front: "<channel> <what the feature put there>". */
function packMetadata(channel: string | undefined, metadata: string): string {
  return `${channel ?? ''} ${metadata}`
}

/** The two parts of packed metadata again. */
export function unpackMetadata(packed: string): { channel: string | undefined; metadata: string } {
  const end = packed.indexOf(' ')
  if (end < 0) return { channel: undefined, metadata: packed }
  return { channel: packed.slice(0, end) || undefined, metadata: packed.slice(end + 1) }
}

const VERSION = /~\d+$/

/** Gives every block an id of its version: Slack wants new ids when a message is updated. */
export function withVersion(blocks: readonly KnownBlock[], version: number): KnownBlock[] {
  return blocks.map((block) => (block.block_id ? { ...block, block_id: `${block.block_id}~${version}` } : block))
}

/** The block id as the feature gave it. */
export const withoutVersion = (blockId: string): string => blockId.replace(VERSION, '')
