import { type Finding, fine, problem, warning } from './finding.ts'

const LOOK_SECONDS = 30
/** Slack's requests are good for 300 s; the rest is what they need to arrive. */
const BREAKS_SECONDS = 240

/** Compares this machine's clock with an answer's Date header (which has whole seconds). */
export function checkClock(headers: Headers, nowMs: number): Finding | undefined {
  const theirs = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(theirs)) return undefined
  const skewSeconds = Math.round((nowMs - theirs) / 1000)
  const off = Math.abs(skewSeconds)
  if (off <= LOOK_SECONDS) return fine('server', `the clock is right (within ${Math.max(off, 1)} s of LINE's)`)
  const what = `the clock is ${off} s ${skewSeconds > 0 ? 'ahead' : 'behind'}`
  const fix = 'Set it automatically (NTP): timedatectl set-ntp true. Slack requests and stamp codes depend on it.'
  return off > BREAKS_SECONDS ? problem('server', what, fix) : warning('server', what, fix)
}
