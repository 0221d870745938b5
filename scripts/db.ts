/** npm run db -- <command>: the database, its migrations, its backups. */
import { parseArgs } from 'node:util'
import { loadStoreConfig } from '../src/config.ts'
import { COMMANDS } from './db/commands.ts'
import { type CommandResult, exitCode, misused } from './db/result.ts'

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

Where the database is: DATABASE_URL (a server), else the folder MATANE_DATA_DIR (default ./data).`

function readArguments() {
  const options = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const
  try {
    return parseArgs({ allowPositionals: true, options })
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

async function run(): Promise<CommandResult> {
  const parsed = readArguments()
  if (parsed instanceof Error) return misused(parsed.message)
  const { values, positionals } = parsed
  const [name = '', ...args] = positionals
  if (values.help || name === 'help') return { ok: true, text: HELP }
  const command = COMMANDS[name]
  if (!command) return misused(name ? `There is no command "${name}".\n\n${HELP}` : HELP)
  const result = await command(args, loadStoreConfig(process.env))
  return values.json ? { ok: result.ok, text: JSON.stringify({ ok: result.ok, ...result.data }) } : result
}

const result = await run().catch((error: unknown): CommandResult => {
  const message = error instanceof Error ? error.message : String(error)
  const text = process.argv.includes('--json') ? JSON.stringify({ ok: false, problem: message }) : message
  return { ok: false, text }
})
const out = result.ok || process.argv.includes('--json') ? process.stdout : process.stderr
// The schema engine leaves a timer behind: end as soon as everything is written.
out.write(`${result.text}\n`, () => process.exit(exitCode(result)))
