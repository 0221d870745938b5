import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Config } from '../../src/config.ts'
import { type Answer, ask } from './ask.ts'
import { type Finding, fine, problem, warning } from './finding.ts'

const MANIFEST = join(import.meta.dirname, '../../slack-manifest.yaml')
const Manifest = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) })
const Reply = z.object({ ok: z.boolean(), error: z.string().optional() })
const Auth = z.object({ team: z.string(), user: z.string() })
const Channel = z.object({
  channel: z.object({
    name: z.string().optional(),
    is_member: z.boolean().optional(),
    is_archived: z.boolean().optional(),
    is_ext_shared: z.boolean().optional()
  })
})

/** The scopes that the app asks for, as slack-manifest.yaml says. */
export function neededScopes(): string[] {
  return Manifest.parse(parse(readFileSync(MANIFEST, 'utf8'))).oauth_config.scopes.bot
}

/** Checks the Slack side: token, scopes, alert channel. */
export async function checkSlack(config: Config): Promise<Finding[]> {
  const { apiUrl, botToken, alertChannel } = config.slack
  const call = (method: string, values: Record<string, string> = {}) =>
    ask(`${apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(values).toString()
    })
  const auth = await call('auth.test')
  if (!auth.ok)
    return [problem('slack', `Slack cannot be reached: ${auth.why}`, 'Check the network and SLACK_API_URL.')]
  const account = accountFinding(auth)
  if (account.level === 'problem') return [account]
  return [
    account,
    scopesFinding(auth.headers),
    ...channelFindings(await call('conversations.info', { channel: alertChannel }), alertChannel)
  ]
}

function accountFinding({ status, body }: Answer & { ok: true }): Finding {
  const reply = Reply.safeParse(body).data
  const account = Auth.safeParse(body).data
  if (reply?.ok && account) return fine('slack', `the token belongs to @${account.user} in ${account.team}`)
  const what = reply?.error ? `SLACK_BOT_TOKEN is refused: ${reply.error}` : `Slack answered ${status}`
  return problem(
    'slack',
    what,
    'Install the app to the workspace again and copy the token: api.slack.com/apps, your app, "OAuth & Permissions".'
  )
}

function scopesFinding(headers: Headers): Finding {
  const granted = headers.get('x-oauth-scopes')?.split(/\s*,\s*/)
  if (!granted)
    return warning('slack', 'the scopes of the token are not known', 'Compare them with slack-manifest.yaml.')
  const missing = neededScopes().filter((scope) => !granted.includes(scope))
  if (missing.length === 0) return fine('slack', 'every scope is there')
  return problem(
    'slack',
    `scopes are missing: ${missing.join(', ')}`,
    'Add them under "OAuth & Permissions" (or paste slack-manifest.yaml under "App Manifest"), then install the app again.'
  )
}

function channelFindings(answer: Answer, alertChannel: string): Finding[] {
  const reply = answer.ok ? Reply.safeParse(answer.body).data : undefined
  const channel = answer.ok ? Channel.safeParse(answer.body).data?.channel : undefined
  if (!reply?.ok || !channel) {
    const why = answer.ok ? (reply?.error ?? `Slack answered ${answer.status}`) : answer.why
    const fix = `SLACK_ALERT_CHANNEL must be the channel's id; a private one is found only after: /invite @matane`
    return [problem('slack', `the alert channel ${alertChannel} cannot be seen: ${why}`, fix)]
  }
  const called = `#${channel.name ?? alertChannel}`
  if (channel.is_archived) return [problem('slack', `the alert channel ${called} is archived`, 'Choose another one.')]
  return [
    channel.is_member
      ? fine('slack', `the app is in the alert channel ${called}`)
      : problem('slack', `the app is not in the alert channel ${called}`, `In that channel: /invite @matane`),
    channel.is_ext_shared
      ? problem(
          'slack',
          `${called} is shared with another organisation`,
          'Customers are personal data: choose a channel of your own.'
        )
      : fine('slack', `${called} is for your own people only`)
  ]
}
