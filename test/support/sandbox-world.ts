import { rmSync } from 'node:fs'
import { Hono } from 'hono'
import { afterEach, beforeEach, expect } from 'vitest'
import type { Database } from '../../src/platform/db/index.ts'
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts'
import type { SandboxState } from '../../src/sandbox/page/state.ts'
import { type Server, serveHttp } from '../../src/serve.ts'
import { makeFolder } from './folder.ts'

/** What a browser on this machine sends along. */
export const LOCAL = { host: 'localhost:3000' }

/** A request that the product got from the fakes. */
interface Got {
  readonly path: string
  readonly body: string
  readonly signature: string | null
}

const COUNTER = {
  shop: 'kamakura',
  name: { ja: '鎌倉店', en: 'Kamakura' },
  url: 'https://shop.example/counter/kamakura?key=k'
}

/**
 * A sandbox with a product that only takes note of what it is sent, over real HTTP; new for each test.
 * Use: `const world = useSandbox(db)` at the top, `world()` in tests.
 */
export class SandboxWorld {
  readonly got: Got[] = []
  ticks = 0
  /** What the product answers to webhooks. */
  webhookStatus: 200 | 401 = 200
  readonly #db: () => Database
  readonly #dataDir = makeFolder()
  #server: Server | undefined
  #sandbox: Sandbox | undefined

  constructor(db: () => Database) {
    this.#db = db
  }

  get sandbox(): Sandbox {
    if (!this.#sandbox) throw new Error('The sandbox is not open')
    return this.#sandbox
  }

  async open(): Promise<void> {
    this.#server ??= await serveHttp(this.#product().fetch, { port: 0, host: '127.0.0.1' })
    const log = { info() {}, warn() {}, error() {} }
    this.#sandbox = await createSandbox({ dataDir: this.#dataDir, timeZone: 'Asia/Tokyo', log })
    this.#sandbox.connect({
      origin: `http://127.0.0.1:${this.#server.port}`,
      db: this.#db(),
      counters: async () => [COUNTER],
      tick: async () => {
        this.ticks += 1
      }
    })
  }

  /** Closes it, and opens it again from what it wrote down. */
  async reopen(): Promise<void> {
    await this.sandbox.close()
    await this.open()
  }

  async close(): Promise<void> {
    await this.sandbox.close()
    await this.#server?.close(0)
    rmSync(this.#dataDir, { recursive: true })
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.sandbox.routes.request(path, { headers: LOCAL })
    expect(response.status, path).toBe(200)
    return (await response.json()) as T
  }

  state(query = ''): Promise<SandboxState> {
    return this.get(`/sandbox/state${query}`)
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.sandbox.routes.request(`/sandbox/${path}`, {
      method: 'POST',
      headers: { ...LOCAL, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body)
    })
  }

  /** The LINE user id of a person, by name. */
  async idOf(name: string): Promise<string> {
    return (await this.state()).people.find((person) => person.name === name)?.id ?? ''
  }

  #product(): Hono {
    return new Hono().post('*', async (c) => {
      const signature = c.req.header('x-line-signature') ?? c.req.header('x-slack-signature') ?? null
      this.got.push({ path: c.req.path, body: await c.req.text(), signature })
      return c.body('', this.webhookStatus)
    })
  }
}

/** See SandboxWorld. */
export function useSandbox(db: () => Database): () => SandboxWorld {
  let world: SandboxWorld | undefined
  beforeEach(async () => {
    world = new SandboxWorld(db)
    await world.open()
  })
  afterEach(() => world?.close())
  return () => {
    if (!world) throw new Error('useSandbox(): no sandbox outside a test')
    return world
  }
}
