import { type FetchFunction, type Logger, LogLevel, WebClient, type WebClientOptions } from '@slack/web-api'
import type { SlackConfig } from '../../config.ts'
import { DeliveryError } from '../queue/types.ts'
import type { Log } from '../scope.ts'
import { asDeliveryError, calling } from './errors.ts'

/**
 * Two clients, so that a queue of posts never delays the answer to a person: `trigger_id`s live 3 s.
 * Neither retries nor waits by itself; the outbox does, and knows what was sent.
 */
export interface SlackClients {
  /** For people who wait: modals, whispers, who someone is. */
  readonly interactive: WebClient
  /** For the outbox. */
  readonly background: WebClient
  /** Posts to a response_url (5 uses within 30 minutes). */
  respond(url: string, message: Readonly<Record<string, unknown>>): Promise<void>
}

/** The token, where Slack is, and where the SDK's complaints go. */
export interface ClientOptions {
  readonly slack: Pick<SlackConfig, 'botToken' | 'apiUrl'>
  readonly log: Log
  /** Default: the global fetch. */
  readonly fetch?: typeof globalThis.fetch
}

const INTERACTIVE_TIMEOUT_MS = 3_000
const BACKGROUND_TIMEOUT_MS = 10_000

/** Makes the clients. Makes no call. */
export function slackClients(options: ClientOptions): SlackClients {
  const { botToken } = options.slack
  const send = plainFetch(options)
  return {
    interactive: new WebClient(botToken, { ...clientOptions(options), timeout: INTERACTIVE_TIMEOUT_MS }),
    background: new WebClient(botToken, { ...clientOptions(options), timeout: BACKGROUND_TIMEOUT_MS }),
    respond: (url, message) => calling(() => post(send, url, message))
  }
}

/** Options that are right on Node and on Workers. */
export function clientOptions(options: ClientOptions): WebClientOptions {
  return {
    slackApiUrl: options.slack.apiUrl,
    fetch: plainFetch(options),
    logger: quietLogger(options.log),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    // Above this the client queues calls; on Workers a queued call would start inside another request and hang.
    maxRequestConcurrency: 100_000
  }
}

function plainFetch({ fetch }: ClientOptions): FetchFunction {
  // Workers know no redirect "error", and refuse a fetch that has lost its global.
  return (url, init) => (fetch ?? globalThis.fetch)(url, { ...init, redirect: 'manual' } as RequestInit)
}

async function post(send: FetchFunction, url: string, message: Readonly<Record<string, unknown>>): Promise<void> {
  const signal = AbortSignal.timeout(INTERACTIVE_TIMEOUT_MS)
  const headers = { 'Content-Type': 'application/json; charset=utf-8' }
  const response = await send(url, { method: 'POST', headers, body: JSON.stringify(message), signal }).catch(
    (error) => {
      throw asDeliveryError(error)
    }
  )
  const answer = await response.text()
  if (response.ok) return
  throw new DeliveryError(`Slack refused the response_url: ${response.status} ${answer.slice(0, 80)}`, {
    retry: 'never',
    answered: true,
    status: response.status
  })
}

/** The SDK logs request bodies below "warn": those are dropped, they hold personal text. */
export function quietLogger(log: Log): Logger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...words) => log.warn('Slack SDK', { detail: words.map(String).join(' ') }),
    error: (...words) => log.error('Slack SDK', { detail: words.map(String).join(' ') }),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined
  }
}
