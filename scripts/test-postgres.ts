/**
 * Runs the tests on a real PostgreSQL server instead of the embedded one: `node scripts/test-postgres.ts [vitest arguments]`.
 * Starts a server of its own, unless TEST_DATABASE_URL names one (which loses everything in it).
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '../test/support/postgres.ts'

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))

async function runTests(databaseUrl: string): Promise<number> {
  const child = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE_URL: databaseUrl }
  })
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : 1
}

const given = process.env.TEST_DATABASE_URL
if (given) process.exit(await runTests(given))
// Tests empty their tables before each test: nothing is worth a wait for the disk, and what is known of a table's size by chance
// (autovacuum) must not decide which plan a statement gets.
const server = await startPostgres({
  settings: ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'autovacuum=off']
})
const code = await runTests(server.url)
await server.stop()
process.exit(code)
