import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api'
import { DeliveryError } from '../queue/types.ts'

/** What to do about an answer that only people can mend. */
const HINTS: Readonly<Record<string, string>> = {
  invalid_auth: 'check SLACK_BOT_TOKEN (OAuth & Permissions, "Bot User OAuth Token")',
  not_authed: 'set SLACK_BOT_TOKEN',
  account_inactive: 'the app was removed from the workspace: install it again',
  token_revoked: 'the app was removed from the workspace: install it again',
  token_expired: 'install the app again and renew SLACK_BOT_TOKEN',
  missing_scope: 'add the missing scope (see slack-manifest.yaml) and install the app again',
  channel_not_found: 'check SLACK_ALERT_CHANNEL, and invite the bot to that channel',
  not_in_channel: 'invite the bot to the channel: /invite @matane',
  is_archived: 'the channel is archived: unarchive it or set another SLACK_ALERT_CHANNEL',
  restricted_action: "the workspace's settings forbid the bot to post there: ask an admin"
}

/** Faults of the message itself: the same message is refused every time. */
const HOPELESS: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_arguments',
  'invalid_metadata_format',
  'metadata_too_large',
  'msg_too_long',
  'msg_blocks_too_long',
  'too_many_attachments',
  'no_text',
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'thread_not_found',
  'user_not_in_channel',
  'user_not_found',
  'users_not_found',
  'expired_trigger_id',
  'exchanged_trigger_id',
  'invalid_trigger_id'
])

/** Slack's own trouble, in which part of the call may have succeeded. */
const UNSURE: ReadonlySet<string> = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'])

/** What went wrong with a call, in the terms of all channels. */
export function asDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  if (error instanceof WebAPIRateLimitedError) {
    const how = { retry: 'later', answered: true, status: 429, retryAfterSeconds: error.retryAfter } as const
    return new DeliveryError('Slack is rate limiting', { ...how, cause: error })
  }
  if (error instanceof WebAPIPlatformError) return platformError(error)
  if (error instanceof WebAPIHTTPError) {
    // A gateway's 5xx does not tell whether Slack behind it took the message.
    const how = { retry: 'later', answered: error.statusCode < 500, status: error.statusCode } as const
    return new DeliveryError(`Slack answered ${error.statusCode}`, { ...how, cause: error })
  }
  return new DeliveryError('Slack did not answer', { retry: 'later', answered: false, cause: error })
}

function platformError(error: WebAPIPlatformError): DeliveryError {
  const code = error.data.error
  const hint = HINTS[code]
  const details = error.data.response_metadata?.messages?.join('; ')
  const message = ['Slack said', code, hint && `– ${hint}`, details && `(${details})`].filter(Boolean).join(' ')
  return new DeliveryError(message, {
    retry: HOPELESS.has(code) ? 'never' : 'later',
    answered: !UNSURE.has(code),
    status: 200,
    cause: error
  })
}

/** Slack's own word for a failure ("message_not_found"); undefined when Slack gave none. */
export function slackCode(error: unknown): string | undefined {
  const source = error instanceof DeliveryError ? error.cause : error
  return source instanceof WebAPIPlatformError ? source.data.error : undefined
}

/** Makes a call of the Slack client; every failure is a DeliveryError. */
export async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw asDeliveryError(error)
  }
}
