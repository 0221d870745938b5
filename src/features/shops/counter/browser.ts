import type { CounterView } from './counter-view.ts'

/** Where the counter page's script begins; `stepMs` and `expiresInMs` are those of the code the page came with. */
export interface CounterStart {
  readonly codeUrl: string
  readonly expiresInMs: number
  readonly stepMs: number
}

type ShownView = Pick<CounterView, 'code' | 'svg' | 'expiresInMs'>

/**
 * The counter page's script: shows the next code as soon as it is due, tries again while the network is away, hides a
 * code that no longer works, and keeps the screen on. It is sent to the browser as its own source text, so it may use
 * nothing from outside itself.
 */
export function runCounter(start: CounterStart): void {
  const RETRY_MS = [1000, 2000, 5000, 10_000]
  const image = document.querySelector<HTMLImageElement>('#qr')
  const code = document.querySelector('#code')
  const ring = document.querySelector<SVGCircleElement>('#ring')
  let dueAt = performance.now() + start.expiresInMs
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Whatever stands between here and the shop may answer too, such as a network that asks to be logged in to. */
  function isView(value: unknown): value is ShownView {
    if (value === null || typeof value !== 'object') return false
    const { code, svg, expiresInMs }: { [name in keyof ShownView]?: unknown } = value
    return typeof code === 'string' && typeof svg === 'string' && Number.isFinite(expiresInMs)
  }

  function plan(delayMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(refresh, delayMs)
  }

  function show(view: ShownView): void {
    if (image) image.src = `data:image/svg+xml,${encodeURIComponent(view.svg)}`
    if (code) code.textContent = view.code
    failures = 0
    dueAt = performance.now() + view.expiresInMs
    document.body.dataset.state = 'ready'
    plan(view.expiresInMs + 50)
  }

  async function refresh(): Promise<void> {
    try {
      const response = await fetch(start.codeUrl, { cache: 'no-store', signal: AbortSignal.timeout(8000) })
      if (response.status === 404) return location.reload()
      if (!response.ok) throw new Error(`HTTP ${response.status}`)
      const view: unknown = await response.json()
      if (!isView(view)) throw new Error('This is no code')
      show(view)
    } catch {
      // A code is taken for one step after its own.
      document.body.dataset.state = performance.now() > dueAt + start.stepMs * 0.8 ? 'stale' : 'retrying'
      plan(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 10_000)
      failures += 1
    }
  }

  function draw(): void {
    const left = Math.max(0, Math.min(1, (dueAt - performance.now()) / start.stepMs))
    if (ring) ring.style.strokeDashoffset = String(100 * (1 - left))
  }

  async function keepScreenOn(): Promise<void> {
    try {
      await navigator.wakeLock.request('screen')
    } catch {
      // Old browsers and low batteries say no; the tablet's own setting then decides.
    }
  }

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return
    void keepScreenOn()
    plan(0)
  })
  addEventListener('online', () => plan(0))
  setInterval(draw, 250)
  draw()
  plan(start.expiresInMs + 50)
  void keepScreenOn()
}
