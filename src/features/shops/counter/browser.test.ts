import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runCounter } from './browser.ts'
import { counterPage } from './page.ts'

const START = { codeUrl: '/counter/kamakura/code?key=k', expiresInMs: 12_000, stepMs: 30_000 }
const view = (code: string) => ({ code, svg: '<svg/>', link: 'https://line.me/', expiresInMs: 30_000, stepMs: 30_000 })

/** A page with what the script touches of it, and a server that answers or does not. */
function open() {
  const listeners = new Map<string, () => void>()
  const elements = {
    '#qr': { src: '' },
    '#code': { textContent: 'first' },
    '#ring': { style: { strokeDashoffset: '' } }
  }
  const page = { body: { dataset: { state: 'ready' } }, visibilityState: 'visible' }
  const server = { next: (): Response => Response.json(view('second')), calls: 0 }
  const reload = vi.fn()
  const request = vi.fn(async () => undefined)
  vi.stubGlobal('document', {
    ...page,
    querySelector: (id: keyof typeof elements) => elements[id],
    addEventListener: (name: string, listen: () => void) => listeners.set(name, listen)
  })
  vi.stubGlobal('addEventListener', (name: string, listen: () => void) => listeners.set(name, listen))
  vi.stubGlobal('location', { reload })
  vi.stubGlobal('navigator', { wakeLock: { request } })
  vi.stubGlobal('fetch', async (url: string) => {
    expect(url).toBe(START.codeUrl)
    server.calls += 1
    return server.next()
  })
  const offline = () => {
    server.next = () => {
      throw new TypeError('Failed to fetch')
    }
  }
  const online = () => {
    server.next = () => Response.json(view('third'))
  }
  runCounter(START)
  return { elements, state: () => page.body.dataset.state, server, reload, request, listeners, offline, online }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'performance'] }))
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the counter page', () => {
  test('asks for the next code when the one it came with ends, not before, and goes on', async () => {
    const { elements, server } = open()
    await vi.advanceTimersByTimeAsync(11_900)
    expect(server.calls).toBe(0)
    await vi.advanceTimersByTimeAsync(200)
    expect(elements['#code'].textContent).toBe('second')
    expect(elements['#qr'].src).toBe('data:image/svg+xml,%3Csvg%2F%3E')
    await vi.advanceTimersByTimeAsync(31_000)
    expect(server.calls).toBe(2)
  })

  test('without a network keeps the code while it still works, then hides it, and recovers by itself', async () => {
    const { elements, state, offline, online } = open()
    offline()
    await vi.advanceTimersByTimeAsync(13_000)
    expect(state()).toBe('retrying')
    await vi.advanceTimersByTimeAsync(40_000)
    expect(state()).toBe('stale')
    online()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(state()).toBe('ready')
    expect(elements['#code'].textContent).toBe('third')
  })

  test.each([
    ['a page to log in on', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['words of another machine', () => Response.json({ code: 'x', svg: '<svg/>', expiresInMs: 'soon' })],
    ['nothing', () => Response.json(null)]
  ])('takes no code from %s, and asks again in its own time', async (_name, answer) => {
    const { elements, state, server } = open()
    server.next = answer
    await vi.advanceTimersByTimeAsync(13_000)
    expect([elements['#code'].textContent, state(), server.calls]).toEqual(['first', 'retrying', 1])
    await vi.advanceTimersByTimeAsync(4_000)
    expect(server.calls).toBe(3)
  })

  test('tries ever more slowly, at most every ten seconds', async () => {
    const { server, offline } = open()
    offline()
    await vi.advanceTimersByTimeAsync(12_100)
    expect(server.calls).toBe(1)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.calls).toBeLessThan(12)
    expect(server.calls).toBeGreaterThan(6)
  })

  test('tries at once when the network or the screen comes back', async () => {
    const { server, listeners, offline, online, state } = open()
    offline()
    await vi.advanceTimersByTimeAsync(60_000)
    online()
    const calls = server.calls
    listeners.get('online')?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(server.calls).toBe(calls + 1)
    expect(state()).toBe('ready')
    listeners.get('visibilitychange')?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(server.calls).toBe(calls + 2)
  })

  test('loads itself again when its address no longer works, so that it says so', async () => {
    const { server, reload } = open()
    server.next = () => new Response('', { status: 404 })
    await vi.advanceTimersByTimeAsync(13_000)
    expect(reload).toHaveBeenCalledOnce()
  })

  test('an answer that is none counts as no network', async () => {
    const { server, state } = open()
    server.next = () => new Response('<html>', { status: 502 })
    await vi.advanceTimersByTimeAsync(13_000)
    expect(state()).toBe('retrying')
  })

  test('keeps the screen on, also after it was put away', async () => {
    const { request, listeners } = open()
    expect(request).toHaveBeenCalledWith('screen')
    listeners.get('visibilitychange')?.()
    expect(request).toHaveBeenCalledTimes(2)
  })

  test('shows how much of the code is left', async () => {
    const { elements } = open()
    await vi.advanceTimersByTimeAsync(6_000)
    expect(Number(elements['#ring'].style.strokeDashoffset)).toBeCloseTo(80, 0)
  })

  test('carries the script as its own text, whole and without what only the server knows', async () => {
    const html = String(
      await counterPage({
        brand: { ja: '喫茶', en: 'Café' },
        shop: { ja: '店', en: 'Shop' },
        colour: '#7a4b2a',
        view: view('x.y.z'),
        codeUrl: '/counter/x/code?key=</script>',
        nonce: 'n'
      })
    )
    const [, script = ''] = /<script nonce="n">([\s\S]*)<\/script>/.exec(html) ?? []
    expect(() => new Function(script)).not.toThrow()
    expect(script).not.toContain('</script>')
  })
})
