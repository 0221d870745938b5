import { vi } from 'vitest'
import { type Program, startProgram } from '../support/program.ts'

/** The real product, running as a process of its own with the sandbox's LINE and Slack. */
export interface RunningProduct {
  readonly origin: string
  /** Ctrl-C; the exit code. */
  stop(): Promise<number | string>
}

const START_MS = 120_000

/** Starts src/main.ts on the data of a folder and waits until it serves. */
export async function startProduct(dataDir: string, port: number): Promise<RunningProduct> {
  const program = startProgram('src/main.ts', [], envOf(dataDir, port))
  const origin = `http://localhost:${port}`
  try {
    await Promise.race([serving(origin), failed(program)])
  } catch (error) {
    program.child.kill('SIGKILL')
    throw error
  }
  return { origin, stop: () => interrupt(program) }
}

/** Serving comes after the demo shop is in and the counters are open. */
async function serving(origin: string): Promise<void> {
  const look = async () => {
    const answer = await fetch(`${origin}/sandbox/state`)
    if (!hasCounters(await answer.json())) throw new Error('Matane does not serve yet')
  }
  await vi.waitFor(look, { timeout: START_MS, interval: 100 })
}

function hasCounters(state: unknown): boolean {
  if (state === null || typeof state !== 'object' || !('counters' in state)) return false
  return Array.isArray(state.counters) && state.counters.length > 0
}

async function failed({ ended, err }: Program): Promise<never> {
  throw new Error(`Matane ended with ${await ended} before it served: ${err()}`)
}

/** Starts it with LINE and Slack accounts (that do not exist) instead: how that ended, and what it said. */
export async function startWithAccounts(dataDir: string): Promise<{ ended: number | string; said: string }> {
  const accounts = {
    ...{ LINE_CHANNEL_SECRET: 'a'.repeat(32), LINE_CHANNEL_ACCESS_TOKEN: 'b'.repeat(64), LINE_BOT_ID: '@nobody' },
    ...{ SLACK_SIGNING_SECRET: 'c'.repeat(32), SLACK_BOT_TOKEN: 'xoxb-none', SLACK_ALERT_CHANNEL: 'C0000000000' },
    ...{ LINE_API_BASE_URL: 'http://127.0.0.1:9', SLACK_API_URL: 'http://127.0.0.1:9/api/' }
  }
  const env = { ...envOf(dataDir, 0), ...accounts, MATANE_SANDBOX: '0', PUBLIC_URL: 'https://nobody.example' }
  const program = startProgram('src/main.ts', [], env)
  return { ended: await program.ended, said: program.err() }
}

/** Whatever this machine is set up for, the story is lived with made-up LINE and Slack and the embedded database. */
function envOf(dataDir: string, port: number): NodeJS.ProcessEnv {
  const foreign = Object.keys(process.env).filter((name) => /^(LINE|SLACK|MATANE)_|^(DATABASE|PUBLIC)_URL$/.test(name))
  const cleared = Object.fromEntries(foreign.map((name) => [name, undefined]))
  return { ...cleared, HOST: '127.0.0.1', PORT: String(port), MATANE_DATA_DIR: dataDir, MATANE_SANDBOX: '1' }
}

function interrupt({ child, ended }: Program): Promise<number | string> {
  child.kill('SIGINT')
  return ended
}
