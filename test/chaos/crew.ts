/** The workers of a chaos run: started, killed, started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type ChaosEvent, type WorkerSettings, workerEnvironment } from './contract.ts'

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url))

interface Member {
  readonly process: ChildProcess
  readonly url: string
}

export interface Crew {
  /** Tells an event to some worker; whether it was acknowledged. */
  put(event: ChaosEvent): Promise<boolean>
  /** Ends some worker as a power cut would, and starts another in its place. */
  killOne(): Promise<void>
  stop(): Promise<void>
}

export async function startCrew(settings: WorkerSettings, size: number): Promise<Crew> {
  const members = await Promise.all(Array.from({ length: size }, () => hire(settings)))
  return {
    async put(event) {
      const member = members[Math.floor(Math.random() * members.length)]
      if (!member) return false
      const sent = fetch(member.url, {
        method: 'POST',
        body: JSON.stringify(event),
        signal: AbortSignal.timeout(3_000)
      })
      return sent.then(
        (response) => response.ok,
        // A dead worker refuses at once: do not ask again and again meanwhile.
        () => new Promise((resolve) => setTimeout(resolve, 20, false))
      )
    },
    async killOne() {
      const at = Math.floor(Math.random() * members.length)
      const member = members[at]
      if (!member) return
      const gone = once(member.process, 'exit')
      member.process.kill('SIGKILL')
      await gone
      members[at] = await hire(settings)
    },
    async stop() {
      const gone = members.map((member) => once(member.process, 'exit'))
      for (const member of members) member.process.kill('SIGTERM')
      await Promise.all(gone)
    }
  }
}

async function hire(settings: WorkerSettings): Promise<Member> {
  const child = spawn(process.execPath, [WORKER], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: workerEnvironment(settings)
  })
  if (!child.stdout) throw new Error('A worker has no output')
  const lines = createInterface({ input: child.stdout })
  const first = Promise.race([once(lines, 'line'), once(child, 'exit').then(() => undefined)])
  const [line] = (await first) ?? []
  if (typeof line !== 'string') throw new Error('A worker did not start')
  return { process: child, url: `http://127.0.0.1:${line.replace('port ', '')}/` }
}
