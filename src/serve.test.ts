import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { serveHttp } from './serve.ts'

const ANYWHERE = { port: 0, host: '127.0.0.1' }

test('what is under way is answered, and its connection, kept open for more, does not hold up the end', async () => {
  const { promise: finished, resolve: finish } = Promise.withResolvers<Response>()
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
  const server = await serveHttp(() => {
    arrive()
    return finished
  }, ANYWHERE)
  const answer = fetch(`http://127.0.0.1:${server.port}/`)
  await arrived
  const began = performance.now()
  const closed = server.close(15_000)
  finish(new Response('done'))
  expect(await (await answer).text()).toBe('done')
  await closed
  expect(performance.now() - began).toBeLessThan(10_000)
})

test('an answer that never ends is cut off after the grace', async () => {
  const endless = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('…')) })
  const server = await serveHttp(() => new Response(endless), ANYWHERE)
  const { body } = await fetch(`http://127.0.0.1:${server.port}/`)
  const reader = body?.getReader()
  await reader?.read()
  await server.close(50)
  await expect(reader?.read()).rejects.toThrow()
})

/** What the server says to these bytes, until it hangs up or `until` has come. */
async function tell(port: number, bytes: string, until?: RegExp): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  let said = ''
  for await (const chunk of socket) {
    said += chunk
    if (until?.test(said)) break
  }
  return said
}

test('a request that does not come to its end is given up, and does not hold up others', async () => {
  const server = await serveHttp(async (request) => new Response(await request.text()), ANYWHERE, {
    requestTimeout: 200,
    headersTimeout: 200,
    connectionsCheckingInterval: 50
  })
  const slow = ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf', 'GET / HTTP/1.1\r\nHost: a\r\n']
  const heard = await Promise.all(slow.map((bytes) => tell(server.port, bytes)))
  for (const answer of heard) expect(answer).toContain('408')
  expect(await tell(server.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toContain('200 OK')
  await server.close(1_000)
})

test('an idle connection is kept for longer than a proxy keeps it', async () => {
  const server = await serveHttp(() => new Response('ok'), ANYWHERE)
  const answer = await tell(server.port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', /\r\n\r\n/)
  expect(Number(/keep-alive: timeout=(\d+)/i.exec(answer)?.[1])).toBeGreaterThan(60)
  await server.close(1_000)
})

test('a port that is taken is said with what to do', async () => {
  const server = await serveHttp(() => new Response(), ANYWHERE)
  await expect(serveHttp(() => new Response(), { ...ANYWHERE, port: server.port })).rejects.toThrow(
    `PORT=${server.port + 1} npm start`
  )
  await server.close(1_000)
})
