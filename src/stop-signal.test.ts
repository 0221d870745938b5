import { expect, test } from 'vitest'
import { stopSignal } from './stop-signal.ts'

/** What came of signals at these times, in milliseconds. */
function after(...times: readonly number[]): string[] {
  const done: string[] = []
  let at = 0
  const onSignal = stopSignal({
    stop: () => void done.push(`stop at ${at}`),
    endNow: () => void done.push(`end at ${at}`),
    nowMs: () => at
  })
  for (const time of times) {
    at = time
    onSignal()
  }
  return done
}

test.each([
  ['one signal stops in order', [0], ['stop at 0']],
  ['its echo, however often it comes, changes nothing', [100, 100, 103, 599], ['stop at 100']],
  ['a second signal ends at once', [0, 500], ['stop at 0', 'end at 500']],
  ['a second signal ends at once after echoes too', [0, 1, 499, 2000], ['stop at 0', 'end at 2000']]
] as const)('%s', (_name, times, done) => expect(after(...times)).toEqual(done))
