import {
  type ChannelVariable,
  type ConfigFault,
  emptyFaults,
  isSandbox,
  ruleFaults,
  textsOf,
  type Values,
  Variables,
  valueFaults
} from './config-variables.ts'
import { SANDBOX_KEY, type WriteKey } from './write-keys.ts'

/** What the environment decides, checked once at start. Names of the variables: README, "Configuration". */
export interface Config extends BaseConfig {
  readonly sandbox: boolean
  readonly line: LineConfig
  readonly slack: SlackConfig
}

/** The part that says nothing about the channels. */
export interface BaseConfig extends StoreConfig {
  readonly port: number
  readonly host: string
  /** Where the outside world reaches this server, without a trailing slash. */
  readonly publicUrl: string
  readonly role: 'all' | 'web' | 'worker'
  /** What verifies the webhooks of shops and payment services, by source; one without a secret is not open. */
  readonly hookSecrets: ReadonlyMap<string, readonly string[]>
  /** Who may send events over HTTP. */
  readonly writeKeys: readonly WriteKey[]
  /** What the webhooks of flows are signed with, "whsec_…"; undefined = no flow has any. */
  readonly webhookSecret?: string | undefined
  /** The shop's page where customers log in to link their account; undefined = accounts are not linked. */
  readonly linkUrl?: string | undefined
}

/** Where the data is, and what opens it. */
export interface StoreConfig {
  readonly dataDir: string
  /** A PostgreSQL server; undefined = the embedded one in `dataDir`. */
  readonly databaseUrl: string | undefined
  /** "<id>:<base64 of 32 bytes>", newest first; undefined = a generated key file in `dataDir`. */
  readonly encryptionKeys: readonly string[] | undefined
  /** Business days begin at its midnights. */
  readonly timeZone: string
}

export interface LineConfig {
  readonly channelSecret: string
  readonly accessToken: string
  readonly apiBaseUrl: string
  /** The account's basic id, with its @. */
  readonly botId: string
}

export interface SlackConfig {
  readonly signingSecret: string
  readonly botToken: string
  readonly apiUrl: string
  /** Channel id where alerts are posted. */
  readonly alertChannel: string
}

/** What `loadConfig` knows: in the sandbox the channels' part comes from the sandbox itself. */
export type LoadedConfig = (BaseConfig & { readonly sandbox: true }) | (Config & { readonly sandbox: false })

/** Everything wrong with the environment at once. */
export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[]
  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map(({ variable, problem }) => `  ${variable}: ${problem}`)
    super(`The configuration has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n${lines.join('\n')}`)
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/**
 * Reads the environment (`process.env`, or the bindings of a Worker, of which only texts count). Throws a ConfigError
 * that lists every fault.
 */
export function loadConfig(environment: Readonly<Record<string, unknown>>): LoadedConfig {
  const env = textsOf(environment)
  const parsed = Variables.safeParse(env)
  const sandbox = isSandbox(env)
  const faults = onePerVariable([
    ...emptyFaults(environment),
    ...valueFaults(parsed.error),
    ...ruleFaults(env, sandbox)
  ])
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults)
  const base = baseOf(parsed.data, sandbox)
  return sandbox ? { ...base, sandbox } : { ...base, sandbox, ...channelsOf(parsed.data) }
}

/** Only what is needed to reach the data: commands work while the channels are not set up. Throws a ConfigError. */
export function loadStoreConfig(environment: Readonly<Record<string, unknown>>): StoreConfig {
  const { DATABASE_URL, MATANE_DATA_DIR, MATANE_ENCRYPTION_KEYS, MATANE_TIMEZONE } = environment
  const own = { DATABASE_URL, MATANE_DATA_DIR, MATANE_ENCRYPTION_KEYS, MATANE_TIMEZONE }
  const { dataDir, databaseUrl, encryptionKeys, timeZone } = loadConfig(own)
  return { dataDir, databaseUrl, encryptionKeys, timeZone }
}

/** Where links in messages may lead by: the public address, if customers can reach it. In the sandbox they always can. */
export function linksAt({ publicUrl, sandbox }: Pick<Config, 'publicUrl' | 'sandbox'>): string | undefined {
  return sandbox || publicUrl.startsWith('https://') ? publicUrl : undefined
}

/** What must never stand in the log, by value. */
export function secretsOf({ line, slack, hookSecrets, writeKeys, webhookSecret, encryptionKeys }: Config): string[] {
  return [
    ...[line.channelSecret, line.accessToken, slack.signingSecret, slack.botToken],
    ...[...hookSecrets.values()].flat(),
    ...writeKeys.map(({ key }) => key),
    ...(webhookSecret ? [webhookSecret, webhookSecret.slice(webhookSecret.indexOf('_') + 1)] : []),
    ...(encryptionKeys ?? []).flatMap((key) => [key, key.slice(key.indexOf(':') + 1)])
  ]
}

/** The variables that are not set and that flows may need: these are refused then, and say so. */
export function unsetOf({ webhookSecret }: BaseConfig): readonly string[] {
  return webhookSecret === undefined ? ['MATANE_WEBHOOK_SECRET'] : []
}

function baseOf(values: Values, sandbox: boolean): BaseConfig {
  const port = values.PORT ?? 3000
  return {
    port,
    host: values.HOST ?? (sandbox ? '127.0.0.1' : '0.0.0.0'),
    publicUrl: (values.PUBLIC_URL ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    timeZone: values.MATANE_TIMEZONE ?? 'Asia/Tokyo',
    role: values.MATANE_ROLE ?? 'all',
    linkUrl: values.MATANE_LINK_URL,
    webhookSecret: values.MATANE_WEBHOOK_SECRET,
    dataDir: values.MATANE_DATA_DIR ?? './data',
    databaseUrl: values.DATABASE_URL,
    encryptionKeys: values.MATANE_ENCRYPTION_KEYS,
    hookSecrets: values.MATANE_HOOK_SECRETS ?? new Map(),
    writeKeys: values.MATANE_WRITE_KEYS ?? (sandbox ? [SANDBOX_KEY] : [])
  }
}

function channelsOf(values: Values): Pick<Config, 'line' | 'slack'> {
  const given = (name: ChannelVariable): string => {
    const value = values[name]
    if (!value) throw new ConfigError([{ variable: name, problem: 'is missing' }])
    return value
  }
  return {
    line: {
      channelSecret: given('LINE_CHANNEL_SECRET'),
      accessToken: given('LINE_CHANNEL_ACCESS_TOKEN'),
      apiBaseUrl: (values.LINE_API_BASE_URL ?? 'https://api.line.me').replace(/\/+$/, ''),
      botId: given('LINE_BOT_ID')
    },
    slack: {
      signingSecret: given('SLACK_SIGNING_SECRET'),
      botToken: given('SLACK_BOT_TOKEN'),
      apiUrl: (values.SLACK_API_URL ?? 'https://slack.com/api').replace(/\/*$/, '/'),
      alertChannel: given('SLACK_ALERT_CHANNEL')
    }
  }
}

function onePerVariable(faults: readonly ConfigFault[]): ConfigFault[] {
  return faults.filter(({ variable }, index) => faults.findIndex((other) => other.variable === variable) === index)
}
