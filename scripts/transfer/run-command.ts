import { type CommandIo, explain } from './command-io.ts'

/** A command that moves data, before it is run. */
export interface TransferCommand<Order extends { readonly json: boolean }> {
  readonly usage: string
  /** What is asked for; undefined = help. Throws what is not understood, in words. */
  read(args: readonly string[]): Order | undefined
  /** The exit code. */
  carryOut(order: Order, io: CommandIo): Promise<number>
}

/** Runs a command: 2 when it is not understood, 1 when it fails, which programs are told as JSON. */
export async function runCommand<Order extends { readonly json: boolean }>(
  { usage, read, carryOut }: TransferCommand<Order>,
  args: readonly string[],
  io: CommandIo
): Promise<number> {
  let order: Order | undefined
  try {
    order = read(args)
  } catch (error) {
    io.err(`${explain(error)}\n\n${usage}`)
    return 2
  }
  if (!order) {
    io.out(usage)
    return 0
  }
  try {
    return await carryOut(order, io)
  } catch (error) {
    if (order.json) io.out(JSON.stringify({ problem: explain(error) }))
    io.err(explain(error))
    return 1
  }
}

const PROGRESS_MS = 1_000

/** Says how far it is, a line a second; `words` is asked only when it is time, with the seconds since the beginning. */
export function createProgress(io: CommandIo): (words: (seconds: number) => string) => void {
  const startMs = performance.now()
  let saidMs = startMs
  return (words) => {
    const nowMs = performance.now()
    if (nowMs - saidMs < PROGRESS_MS) return
    saidMs = nowMs
    io.err(words((nowMs - startMs) / 1_000))
  }
}
