import { z } from 'zod'
import { parseKeys } from './platform/db/parse-keys.ts'
import { parseWriteKeys, type WriteKey } from './write-keys.ts'

/** One thing wrong with the environment, and what to write instead. Never repeats a value: it may be a secret. */
export interface ConfigFault {
  readonly variable: string
  readonly problem: string
}

/** Where to find each of the variables that connect LINE and Slack; all or none of them must be set. */
export const CHANNEL_VARIABLES = {
  LINE_CHANNEL_SECRET: 'LINE Developers console, your channel, "Basic settings"',
  LINE_CHANNEL_ACCESS_TOKEN: 'LINE Developers console, your channel, "Messaging API", "Channel access token"',
  LINE_BOT_ID: 'the basic id of the LINE account with its @, for example @123abcde',
  SLACK_SIGNING_SECRET: 'api.slack.com/apps, your app, "Basic Information"',
  SLACK_BOT_TOKEN: 'api.slack.com/apps, your app, "OAuth & Permissions"; it begins with xoxb-',
  SLACK_ALERT_CHANNEL: "the alert channel's id (C…), at the bottom of the channel's details in Slack"
} as const
export type ChannelVariable = keyof typeof CHANNEL_VARIABLES
const channelVariables = Object.entries(CHANNEL_VARIABLES) as [ChannelVariable, string][]
const SECRETS = ['LINE_CHANNEL_SECRET', 'LINE_CHANNEL_ACCESS_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN'] as const

const written = (pattern: RegExp, problem: string) => z.string().regex(pattern, problem)
const word = written(/^\S+$/, 'contains white space; copy it again, in one piece')
const httpUrl = (problem: string) =>
  z.string().refine((text) => ['http:', 'https:'].includes(URL.parse(text)?.protocol ?? ''), problem)

/** Each variable by itself. Texts say what to write. */
export const Variables = z.object({
  PORT: written(/^\d{1,5}$/, 'write a port number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'write a port number from 0 to 65535')
    .optional(),
  HOST: word.optional(),
  PUBLIC_URL: httpUrl('write the address people reach this server at, such as https://matane.example.com').optional(),
  MATANE_TIMEZONE: z.string().refine(isTimeZone, 'write a time zone such as Asia/Tokyo').optional(),
  MATANE_ROLE: z.enum(['all', 'web', 'worker'], 'write all, web or worker').optional(),
  MATANE_SANDBOX: z.enum(['1', '0', 'true', 'false'], 'write 1 (on) or 0 (off)').optional(),
  MATANE_DATA_DIR: z.string().optional(),
  DATABASE_URL: written(/^postgres(ql)?:\/\/\S+$/, 'write postgresql://user:password@host:5432/database').optional(),
  MATANE_LINK_URL: httpUrl(
    'write the page where your customers log in, such as https://shop.example.com/line'
  ).optional(),
  MATANE_ENCRYPTION_KEYS: z.string().transform(splitKeys).optional(),
  MATANE_HOOK_SECRETS: z.string().transform(splitHookSecrets).optional(),
  MATANE_WRITE_KEYS: z.string().transform(writeKeys).optional(),
  MATANE_WEBHOOK_SECRET: written(
    /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/,
    'write whsec_ and the base64 of 24 to 64 random bytes; make one with: echo "whsec_$(openssl rand -base64 32)"'
  ).optional(),
  LINE_CHANNEL_SECRET: word.optional(),
  LINE_CHANNEL_ACCESS_TOKEN: word.optional(),
  LINE_API_BASE_URL: httpUrl('write an origin such as https://api.line.me')
    .refine((url) => (URL.parse(url)?.pathname ?? '/') === '/', "LINE's client drops a path; write the origin alone")
    .optional(),
  LINE_BOT_ID: written(/^@[\w.-]+$/, `write ${CHANNEL_VARIABLES.LINE_BOT_ID}`).optional(),
  SLACK_SIGNING_SECRET: word.optional(),
  SLACK_BOT_TOKEN: written(/^xoxb-\S+$/, 'write the bot token, which begins with xoxb-').optional(),
  SLACK_API_URL: httpUrl('write an address such as https://slack.com/api/').optional(),
  SLACK_ALERT_CHANNEL: written(/^[CG][A-Z0-9]+$/, `write ${CHANNEL_VARIABLES.SLACK_ALERT_CHANNEL}`).optional()
})
export type Values = z.infer<typeof Variables>
export type Env = Readonly<Record<string, string>>

/** The environment's texts, trimmed; an empty one counts as unset (`emptyFaults` reports those that must not be). */
export function textsOf(environment: Readonly<Record<string, unknown>>): Env {
  const texts = Object.entries(environment).flatMap(([name, value]) =>
    typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()] as const] : []
  )
  return Object.fromEntries(texts)
}

/** The built-in LINE and Slack: as MATANE_SANDBOX says, else when nothing of the real ones is set. */
export function isSandbox(env: Env): boolean {
  if (env.MATANE_SANDBOX) return ['1', 'true'].includes(env.MATANE_SANDBOX)
  return channelVariables.every(([name]) => !env[name])
}

/** What zod found, one fault per variable. */
export function valueFaults(error: z.ZodError | undefined): ConfigFault[] {
  return (error?.issues ?? []).map((issue) => ({ variable: String(issue.path[0]), problem: issue.message }))
}

/** Set but empty: such a value must not pass for unset, or something else than was meant would quietly start. */
export function emptyFaults(environment: Readonly<Record<string, unknown>>): ConfigFault[] {
  const names = [
    ...channelVariables.map(([name]) => name),
    'DATABASE_URL',
    'MATANE_ENCRYPTION_KEYS',
    'MATANE_HOOK_SECRETS',
    'MATANE_WEBHOOK_SECRET',
    'MATANE_WRITE_KEYS'
  ]
  return names
    .filter((name) => typeof environment[name] === 'string' && environment[name].trim() === '')
    .map((variable) => ({ variable, problem: 'is empty; give it a value or remove it' }))
}

/** Rules between variables. */
export function ruleFaults(env: Env, sandbox: boolean): ConfigFault[] {
  return [...channelFaults(env, sandbox), ...roleFaults(env, sandbox)]
}

function channelFaults(env: Env, sandbox: boolean): ConfigFault[] {
  if (!sandbox) {
    return channelVariables
      .filter(([name]) => !env[name])
      .map(([variable, source]) => ({ variable, problem: `is missing; you find it here: ${source}` }))
  }
  const real = SECRETS.filter((name) => env[name])
  if (real.length === 0) return []
  const problem = `the sandbox would replace the real channels; remove it, or remove ${real.join(', ')}`
  return [{ variable: 'MATANE_SANDBOX', problem }]
}

function roleFaults(env: Env, sandbox: boolean): ConfigFault[] {
  const role = env.MATANE_ROLE
  if (role !== 'web' && role !== 'worker') return []
  const variable = 'MATANE_ROLE'
  if (sandbox) return [{ variable, problem: `${role} needs real channels; the sandbox lives in one process (all)` }]
  if (env.DATABASE_URL) return []
  return [{ variable, problem: `${role} needs DATABASE_URL: the embedded database serves one process only (all)` }]
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

function splitKeys(text: string, context: z.core.$RefinementCtx<string>): string[] {
  const keys = text.split(/[\s,]+/).filter(Boolean)
  const parsed = parseKeys(keys)
  if (!parsed.ok) {
    const message = `${parsed.problem}; make one with: echo "k1:$(openssl rand -base64 32)"`
    context.issues.push({ code: 'custom', message, input: text })
  }
  return keys
}

/** A secret that could be guessed would let anybody tell us of orders. */
const HOOK_SECRET = /^([a-z][a-z0-9-]{1,31}):(\S{16,})$/

/** Secrets by the source they belong to; a source may have several while they change. */
function splitHookSecrets(
  text: string,
  context: z.core.$RefinementCtx<string>
): ReadonlyMap<string, readonly string[]> {
  const secrets = new Map<string, string[]>()
  for (const entry of text.split(/[\s,]+/).filter(Boolean)) {
    const [, source, secret] = HOOK_SECRET.exec(entry) ?? []
    if (source && secret) secrets.set(source, [...(secrets.get(source) ?? []), secret])
    else {
      const message =
        'write source:secret, such as stripe:whsec_…, separated by spaces; a secret has 16 or more characters'
      context.issues.push({ code: 'custom', message, input: text })
    }
  }
  return secrets
}

function writeKeys(text: string, context: z.core.$RefinementCtx<string>): readonly WriteKey[] {
  const parsed = parseWriteKeys(text)
  if (parsed.ok) return parsed.keys
  context.issues.push({ code: 'custom', message: parsed.problem, input: text })
  return z.NEVER
}
