/** npm run db -- <command>: the database, its migrations, its backups. */
import { runDb } from './db/run-db.ts'

const { code, to, text } = await runDb(process.argv.slice(2), process.env)
// The schema engine leaves a timer behind: end as soon as everything is written.
process[to].write(`${text}\n`, () => process.exit(code))
