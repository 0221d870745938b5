/** What the environment decides, checked once at start. Names of the variables: README, "Configuration". */
export interface Config {
  readonly port: number
  readonly host: string
  /** Where the outside world reaches this server, without a trailing slash. */
  readonly publicUrl: string
  readonly timeZone: string
  readonly role: 'all' | 'web' | 'worker'
  readonly sandbox: boolean
  readonly dataDir: string
  /** A PostgreSQL server; undefined = the embedded one in `dataDir`. */
  readonly databaseUrl: string | undefined
  readonly line: LineConfig
  readonly slack: SlackConfig
  /** "<id>:<base64 of 32 bytes>", newest first; undefined = a generated key file in `dataDir`. */
  readonly encryptionKeys: readonly string[] | undefined
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
