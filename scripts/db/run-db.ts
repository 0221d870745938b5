import { parseArgs } from 'node:util'
import { loadStoreConfig } from '../../src/config.ts'
import { COMMANDS } from './commands.ts'
import { type CommandResult, exitCode, misused } from './result.ts'

const HELP = `npm run db -- <command> [--json]

  status           which migrations are applied, which are not (exit code 1 when the database is not up to date)
  deploy           applies the migrations that are missing (npm start does it too, unless it runs on Workers)
  new <name>       writes a migration for what changed in prisma/schema.prisma
  backup <file>    saves the embedded database as one file (.tar.gz), and customers' own keys in customer-keys.json
                   beside it (keep the newest of those only); the server may go on meanwhile
  restore <file>   puts a saved database back; what was there is moved aside, not deleted (stop the server first)
  restored         after a database on a server was put back: erases again who was erased since the backup
  copy <postgresql://…>   copies the embedded database to an empty one on a server, all or nothing (default: to
                   DATABASE_URL); stop the server first
  dead             lists what the queue has laid aside: dead, quarantined and parked
  dead revive <inbox|outbox>:<id> … | all   tries dead ones again, once their cause is mended
  dead drop <inbox|outbox>:<id> … | all     gives dead and quarantined ones up for good, with their words
  audit verify [head]   whether the audit log is what it was, and where it is not (exit code 1); with a head kept earlier
                   also whether it was cut or made anew since
  rebuild-stats    makes the figures of all customers anew from their events (the server may go on meanwhile)
  seal-anew        seals what was stored before customers had keys of their own, once after the upgrade (the server may
                   go on meanwhile)

Where the database is: DATABASE_URL (a server), else the folder MATANE_DATA_DIR (default ./data).`

/** How a command ended: what to write, where to, and the exit code. */
export interface DbOutput {
  readonly code: number
  readonly to: 'stdout' | 'stderr'
  readonly text: string
}

/** Runs `npm run db -- …`. Never throws. */
export async function runDb(args: readonly string[], env: Readonly<NodeJS.ProcessEnv>): Promise<DbOutput> {
  const json = args.includes('--json')
  const result = await run(args, env).catch((error: unknown): CommandResult => {
    const problem = error instanceof Error ? error.message : String(error)
    return { ok: false, text: problem, data: { problem } }
  })
  // Help is for people whoever asks.
  const text = json && result.data ? JSON.stringify({ ok: result.ok, ...result.data }) : result.text
  return { code: exitCode(result), to: result.ok || json ? 'stdout' : 'stderr', text }
}

async function run(args: readonly string[], env: Readonly<NodeJS.ProcessEnv>): Promise<CommandResult> {
  const parsed = readArguments(args)
  if (parsed instanceof Error) return misused(parsed.message)
  const { values, positionals } = parsed
  const [name = '', ...rest] = positionals
  if (values.help || name === 'help') return { ok: true, text: HELP }
  const command = COMMANDS[name]
  if (!command) return misused(name ? `There is no command "${name}".\n\n${HELP}` : HELP)
  return command(rest, loadStoreConfig(env))
}

function readArguments(args: readonly string[]) {
  const options = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
