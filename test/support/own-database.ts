/** Set-up of each test file on a server: a worker has a database of its own there, so that workers need not take turns. */
import pg from 'pg'

const given = process.env.TEST_DATABASE_URL
const name = `worker_${process.env.VITEST_POOL_ID ?? '1'}`
// Files of one worker share its environment: only the first of them finds the server's own address.
if (given && !given.endsWith(`/${name}`)) {
  const client = new pg.Client({ connectionString: given })
  await client.connect()
  const { rows } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  if (rows.length === 0) await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  process.env.TEST_DATABASE_URL = Object.assign(new URL(given), { pathname: `/${name}` }).href
}
