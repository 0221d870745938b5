import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sign, signatureFault, signatureHint } from './signature.ts'

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5'
const NOW_MS = 1_531_420_618_000
const body = Buffer.from('token=xyz&text=94070')
const timestamp = '1531420618'

const signed = (over: Partial<Parameters<typeof signatureFault>[1]> = {}) => ({
  body,
  timestamp,
  signature: sign(SECRET, timestamp, body),
  ...over
})

describe('signatureFault', () => {
  it('signs as the example in Slack’s documentation', () => {
    const example =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
    const expected = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503'
    expect(sign(SECRET, '1531420618', example)).toBe(expected)
  })

  it('lets a right signature through within five minutes on both sides', () => {
    for (const skew of [-300, -299, 0, 299, 300]) {
      expect(signatureFault(SECRET, signed(), NOW_MS + skew * 1000), `${skew}`).toBeUndefined()
    }
  })

  it.each([-600, -301, 301, 600])('refuses a right signature %d seconds away', (skew) => {
    const fault = signatureFault(SECRET, signed(), NOW_MS - skew * 1000)
    expect(fault).toEqual({ kind: 'wrong_time', skewSeconds: skew })
    expect(signatureHint({ kind: 'wrong_time', skewSeconds: skew })).toContain('clock')
  })

  it.each([
    ['no signature', { signature: null }],
    ['an empty signature', { signature: '' }],
    ['no timestamp', { timestamp: null }],
    ['a timestamp that is no number', { timestamp: '15314206e2' }],
    ['a negative timestamp', { timestamp: '-1531420618' }]
  ])('refuses %s', (_name, over) => {
    expect(signatureFault(SECRET, signed(over), NOW_MS)).toEqual({ kind: 'missing' })
  })

  it('refuses a signature of another length without throwing', () => {
    expect(signatureFault(SECRET, signed({ signature: 'v0=abc' }), NOW_MS)).toEqual({ kind: 'wrong_signature' })
  })

  it('refuses the right signature of another secret, and says which setting to check', () => {
    const fault = signatureFault('another', signed(), NOW_MS)
    expect(fault).toEqual({ kind: 'wrong_signature' })
    expect(fault && signatureHint(fault)).toContain('SLACK_SIGNING_SECRET')
  })

  it('refuses any body that differs in one byte, bytes that are no UTF-8 included', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, flip) => {
        const changed = Uint8Array.from(bytes)
        const index = at % bytes.length
        changed[index] = (changed[index] ?? 0) ^ flip
        const signature = sign(SECRET, timestamp, bytes)
        expect(signatureFault(SECRET, { body: bytes, timestamp, signature }, NOW_MS)).toBeUndefined()
        expect(signatureFault(SECRET, { body: changed, timestamp, signature }, NOW_MS)?.kind).toBe('wrong_signature')
      })
    )
  })

  it('binds the timestamp: a replay under a new one is refused', () => {
    const later = String(Number(timestamp) + 60)
    expect(signatureFault(SECRET, signed({ timestamp: later }), NOW_MS)?.kind).toBe('wrong_signature')
  })
})
