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
  const closed = server.close(8_000)
  finish(new Response('done'))
  expect(await (await answer).text()).toBe('done')
  await closed
  expect(performance.now() - began).toBeLessThan(3_000)
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

test('a port that is taken is said with what to do', async () => {
  const server = await serveHttp(() => new Response(), ANYWHERE)
  await expect(serveHttp(() => new Response(), { ...ANYWHERE, port: server.port })).rejects.toThrow(
    `PORT=${server.port + 1} npm start`
  )
  await server.close(1_000)
})
