import { messagingApi } from '@line/bot-sdk'
import type { LineConfig } from '../../config.ts'
import type { LineProfile } from './handlers.ts'
import { LineError, lineError } from './line-error.ts'
import { type TimedHttpOptions, timedHttp } from './timed-http.ts'

/** Messages wait for nobody: LINE usually answers in well under a second. */
const TIMEOUT_MS = 5000
/** A profile is fetched while a reply token is running out. */
const PROFILE_TIMEOUT_MS = 3000

/** The calls we make to LINE. Each one ends by its own time-out, and throws LineError. */
export interface LineClient {
  /** Answers for free; the token works once, within about a minute. */
  reply(replyToken: string, messages: readonly messagingApi.Message[]): Promise<void>
  /** Counts against the monthly quota. The same `retryKey` (a UUID) within 24 hours is delivered once. */
  push(to: string, messages: readonly messagingApi.Message[], retryKey: string): Promise<void>
  /** Undefined when LINE does not tell it: not a friend of the account, or blocked. */
  profile(userId: string): Promise<LineProfile | undefined>
  /** Stands for this person at another site, once and for ten minutes. */
  linkToken(userId: string): Promise<string>
  /** Messages a month; undefined = no limit. */
  quota(): Promise<number | undefined>
  /** Messages counted this month so far. */
  consumption(): Promise<number>
}

/** A client over the official SDK. */
export function createLineClient(
  config: Pick<LineConfig, 'accessToken' | 'apiBaseUrl'>,
  timeouts: { callMs?: number; profileMs?: number } = {}
): LineClient {
  const { accessToken, apiBaseUrl: baseUrl } = config
  const api = timedApi({ accessToken, baseUrl, timeoutMs: timeouts.callMs ?? TIMEOUT_MS })
  const profileApi = timedApi({ accessToken, baseUrl, timeoutMs: timeouts.profileMs ?? PROFILE_TIMEOUT_MS })
  return {
    reply: (replyToken, messages) => settled(api.replyMessage({ replyToken, messages: [...messages] })),
    push: (to, messages, retryKey) => pushOnce(api, { to, messages: [...messages] }, retryKey),
    profile: (userId) => readProfile(profileApi, userId),
    linkToken: async (userId) => (await answer(api.issueLinkToken(userId))).linkToken,
    quota: async () => (await answer(api.getMessageQuota())).value,
    consumption: async () => (await answer(api.getMessageQuotaConsumption())).totalUsage
  }
}

/** The SDK's client has no time-out and takes no signal; it sends everything through this one field. */
function timedApi(options: TimedHttpOptions): messagingApi.MessagingApiClient {
  const client = new messagingApi.MessagingApiClient({ channelAccessToken: options.accessToken })
  return Object.assign(client, { httpClient: timedHttp(options) })
}

async function pushOnce(
  api: messagingApi.MessagingApiClient,
  request: messagingApi.PushMessageRequest,
  retryKey: string
): Promise<void> {
  try {
    await settled(api.pushMessage(request, retryKey))
  } catch (error) {
    // LINE knows this retry key: it accepted the message before, and only its answer was lost.
    if (!(error instanceof LineError && error.status === 409)) throw error
  }
}

async function readProfile(api: messagingApi.MessagingApiClient, userId: string): Promise<LineProfile | undefined> {
  try {
    const { displayName, language } = await answer(api.getProfile(userId))
    return { displayName, language }
  } catch (error) {
    if (error instanceof LineError && error.status === 404) return undefined
    throw error
  }
}

async function settled(call: Promise<unknown>): Promise<void> {
  await answer(call)
}

async function answer<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw lineError(error)
  }
}
