/** What the killer, its workers and the channel they send to agree on. */
import { z } from 'zod'
import { fieldCipher } from '../../src/platform/db/index.ts'
import type { InboxEvent } from '../../src/platform/queue/index.ts'

export const chaosCipher = fieldCipher([{ id: 'chaos', bytes: new Uint8Array(32).fill(9) }])

/** The n-th thing a customer does. */
export const ChaosEvent = z.object({ key: z.string(), n: z.number().int() })
export type ChaosEvent = z.infer<typeof ChaosEvent>

export function inboxEvent(event: ChaosEvent): InboxEvent {
  return {
    source: 'chaos',
    eventId: `${event.key}:${event.n}`,
    key: event.key,
    occurredAt: new Date(1_800_000_000_000 + event.n),
    body: JSON.stringify(event)
  }
}

export interface WorkerSettings {
  readonly databaseUrl: string | undefined
  readonly dataDir: string | undefined
  readonly channelUrl: string
}

export function workerSettings(env: NodeJS.ProcessEnv): WorkerSettings {
  const { CHAOS_DATABASE_URL, CHAOS_DATA_DIR, CHAOS_CHANNEL_URL } = env
  if (!CHAOS_CHANNEL_URL) throw new Error('CHAOS_CHANNEL_URL is not set')
  return { databaseUrl: CHAOS_DATABASE_URL, dataDir: CHAOS_DATA_DIR, channelUrl: CHAOS_CHANNEL_URL }
}

export function workerEnvironment(settings: WorkerSettings): NodeJS.ProcessEnv {
  return {
    ...process.env,
    CHAOS_CHANNEL_URL: settings.channelUrl,
    ...(settings.databaseUrl && { CHAOS_DATABASE_URL: settings.databaseUrl }),
    ...(settings.dataDir && { CHAOS_DATA_DIR: settings.dataDir })
  }
}
